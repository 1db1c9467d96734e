// The corpus's server on Node: node.mjs PORT. It upgrades to an echo that is no WebSocket library's.
import { createServer } from "node:http";

const big = Buffer.alloc(1 << 20, "0123456789abcdef");

const server = createServer((request, response) => {
  if (request.method === "POST") {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => response.end(Buffer.concat(parts)));
    return;
  }
  switch (request.url) {
    case "/chunked":
      response.write("one");
      response.write("two and a half");
      response.end("three");
      break;
    case "/empty":
      response.writeHead(204).end();
      break;
    case "/unmodified":
      response.writeHead(304, { ETag: '"one"' }).end();
      break;
    case "/big":
      response.writeHead(200, { "Content-Length": big.length }).end(big);
      break;
    default:
      response.writeHead(200, { "Content-Length": 6 }).end("small\n");
  }
});
server.on("upgrade", (_, socket) => {
  socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n");
  socket.pipe(socket);
});
server.listen(Number(process.argv[2]), "127.0.0.1");
