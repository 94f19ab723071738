import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Content security policy and its companions for every answer. The app may be framed by the registered clinical systems
 * and by nobody else: `frame-ancestors` says so, and X-Frame-Options, which cannot name several, is never sent.
 * Pages that need another policy (sign-on, picker) set their own header over this one.
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
        ...(options.https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    frameguard: false,
    // The launching page is another origin: no referrer keeps launch handles and codes out of other people's logs.
    referrerPolicy: { policy: 'no-referrer' },
    hsts: options.https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
  });
}
