/** Where the product under test is reached; other ports than `npm start`'s, so that both may run. */
export const port = 8480;
export const deskPort = 8481;
export const hub = `http://localhost:${port}`;
export const desks = `http://localhost:${deskPort}`;
/** The same desks on another site to a browser. */
export const otherSite = `http://127.0.0.1:${deskPort}`;
