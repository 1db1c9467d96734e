// The corpus's client on Node, by http and by fetch: node.mjs HOST PORT.
import assert from "node:assert";
import { Agent, request } from "node:http";

const [host, port] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const ask = (method, path, parts = []) =>
  new Promise((resolve, reject) => {
    const sent = request({ host, port, method, path, agent, headers: { "X-MiXeD-CaSe": "kept" } }, (response) => {
      const told = [];
      response.on("data", (part) => told.push(part));
      response.on("end", () => resolve([response.statusCode, Buffer.concat(told)]));
    });
    sent.on("error", reject);
    for (const part of parts) sent.write(part);
    sent.end();
  });

assert.deepEqual(await ask("GET", "/small?q=1"), [200, Buffer.from("small\n")]);
assert.deepEqual(await ask("HEAD", "/small"), [200, Buffer.alloc(0)]);
assert.equal((await ask("GET", "/chunked"))[0], 200);
assert.equal((await ask("GET", "/empty"))[0], 204);
assert.equal((await ask("GET", "/unmodified"))[0], 304);
assert.equal((await ask("GET", "/big"))[1].length, 1 << 20);
assert.deepEqual(await ask("POST", "/echo", ["a", "bc", "def"]), [200, Buffer.from("abcdef")]);
agent.destroy();
const fetched = await fetch(`http://${host}:${port}/echo`, { method: "POST", body: "fetched" });
assert.equal(await fetched.text(), "fetched");
process.exit(0);
