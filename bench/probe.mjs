/**
 * Whoever is at the door meanwhile, in a process of its own so that nothing the bench does is in its way: asks
 * `/healthz` every 20 ms, and lets a candidate save a profile ten times a second, whether or not the last answer has
 * come. Told to begin and to end, it gives what it saw in between.
 */
import { Agent, request as send } from 'node:http';

const [port, token] = process.argv.slice(2);
const EVERY_MS = { health: 20, write: 100 };
const TIMEOUT_MS = 30_000;

const agent = new Agent({ keepAlive: true, maxSockets: 1000 });
/** What is seen since it was told to begin, and how much of that is still under way. */
let seen;

function ask(kind, { method = 'GET', path, headers = {}, body }) {
  const into = seen;
  const from = performance.now();
  if (into) into.underWay++;
  const told = (answer) => {
    if (!into) return;
    into.underWay--;
    into[kind].push({ ms: performance.now() - from, answer });
  };
  const request = send(
    { agent, host: '127.0.0.1', port, method, path, headers, timeout: TIMEOUT_MS },
    (response) => {
      response.resume().once('end', () => told(String(response.statusCode)));
    },
  );
  request.once('timeout', () => request.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })));
  request.once('error', (error) => told(error.code ?? 'ERROR'));
  request.end(body);
}

const profile = JSON.stringify({
  profile: { documentType: 'PASSPORT', documentNumber: 'E10000001', name: 'Bench' },
});
const headers = {
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(profile),
};
setInterval(() => ask('health', { path: '/healthz' }), EVERY_MS.health);
setInterval(
  () => ask('write', { method: 'PATCH', path: '/api/v1/passport/account', headers, body: profile }),
  EVERY_MS.write,
);

process.on('message', async (what) => {
  if (what === 'begin') {
    seen = { health: [], write: [], underWay: 0 };
    process.send({});
    return;
  }
  const told = seen;
  seen = undefined;
  // the slowest answers come last
  while (told.underWay > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  process.send(told);
});
process.on('disconnect', () => process.exit());
