/** Where the product under test is reached; other ports than `npm start`'s, so that both may run. */
export const port = Number(process.env['E2E_PORT'] ?? 8480);
export const deskPort = port + 1;
/** Where System C sends; Carecast sends one port above. */
export const mllpPort = port + 2;
export const hub = `http://localhost:${port}`;
export const desks = `http://localhost:${deskPort}`;
/** The same desks on another site to a browser. */
export const otherSite = `http://127.0.0.1:${deskPort}`;
