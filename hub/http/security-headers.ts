import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Abilities of a device that no page here uses; a system that frames one cannot lend them to it either. */
const unused = ['camera', 'display-capture', 'geolocation', 'hid', 'microphone', 'midi', 'payment', 'serial', 'usb'];
const permissions = unused.map((ability) => `${ability}=()`).join(', ');

/** What is no page, nor a part of one, may do nothing at all, should a browser be led to show it. */
export const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/**
 * The content security policy of the app's own page and files. It may be framed by the registered clinical systems and by
 * nobody else: `frame-ancestors` says so. Scripts come from the hub's own files; text becomes markup only where Trusted
 * Types let it (src/ui/trusted-types.ts).
 */
export function appPolicy(options: { framedBy: readonly string[]; https: boolean }): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${["'self'", ...options.framedBy].join(' ')}`,
    "require-trusted-types-for 'script'",
    'trusted-types default dompurify inert',
    ...(options.https ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

/** What goes with an answer that is made before any hook runs: an address that cannot be read. */
export const bareHeaders = {
  'content-security-policy': dataPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': permissions,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/**
 * Security headers for every answer, those of the authorization server too. Each answer is taken for data until its page
 * sets a policy of its own over that: forgotten, a page shows nothing rather than being framed by anybody. X-Frame-Options,
 * which cannot name several systems, is never sent.
 */
export async function addSecurityHeaders(app: FastifyInstance, options: { https: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    frameguard: false,
    // The launching page is another origin: no referrer keeps launch handles and codes out of other people's logs.
    referrerPolicy: { policy: 'no-referrer' },
    hsts: options.https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Other pages take in nothing of this hub (images, scripts); apps that may read its answers do so by CORS.
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'content-security-policy': dataPolicy, 'permissions-policy': permissions });
  });
}
