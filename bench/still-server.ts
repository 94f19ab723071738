import { createServer } from 'node:http';

// Serves one body, given by the parent, to whoever asks: the ceiling that the hub's page is held against.

process.once('message', (body: Uint8Array) => {
  const bytes = Buffer.from(body);
  const server = createServer((_request, answer) => {
    answer.writeHead(200, { 'content-type': 'application/fhir+json', 'content-length': bytes.length });
    answer.end(bytes);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') process.send?.(address.port);
  });
});
