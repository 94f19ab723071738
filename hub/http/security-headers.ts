import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** What is no page and no part of one may do nothing at all, should a browser be led to show it. */
export const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** Abilities of a device that no page here uses; a system that frames one cannot lend them to it either. */
const unused = ['camera', 'display-capture', 'geolocation', 'hid', 'microphone', 'midi', 'payment', 'serial', 'usb'];

/**
 * Content security policy and its companions for every answer. The app may be framed by the registered clinical systems
 * and by nobody else: `frame-ancestors` says so, and X-Frame-Options, which cannot name several, is never sent.
 * Scripts come from the hub's own files; text becomes markup only where Trusted Types let it (src/ui/trusted-types.ts).
 * Pages that need another policy (sign-on, picker) set their own header over this one; data is given one that allows nothing.
 */
export async function addSecurityHeaders(
  app: FastifyInstance,
  options: { framedBy: readonly string[]; https: boolean },
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'", ...options.framedBy],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['default', 'dompurify', 'inert'],
        ...(options.https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    frameguard: false,
    // The launching page is another origin: no referrer keeps launch handles and codes out of other people's logs.
    referrerPolicy: { policy: 'no-referrer' },
    hsts: options.https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Other pages take in nothing of this hub (images, scripts); apps that may read its answers do so by CORS.
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  });
  const permissions = unused.map((ability) => `${ability}=()`).join(', ');
  app.addHook('onSend', async (_request, reply) => {
    reply.header('Permissions-Policy', permissions);
    if (/^application\/(?:[\w.-]+\+)?json\b/.test(String(reply.getHeader('content-type') ?? ''))) {
      reply.header('Content-Security-Policy', dataPolicy);
    }
  });
}
