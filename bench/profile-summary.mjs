/** A `.cpuprofile` of V8's in a few tables. */
import { fileURLToPath } from 'node:url';
import { table } from './results.mjs';

const SHOWN = 18;
const IDLE = '(idle)';
const PROFILER = 'profiler';

/**
 * Who a frame belongs to: a package; a part of ours; node's own code; the engine (garbage, compiled-in functions).
 * @param {{ functionName: string, url: string }} frame
 */
function ownerOf({ functionName, url }, app) {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === '(program)') return 'engine and system calls';
  if (functionName === '(root)' || functionName === IDLE) return IDLE;
  if (url.startsWith('node:')) return 'node';
  if (url === '') return 'engine and system calls';
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  const library = path.lastIndexOf('/node_modules/');
  if (library >= 0) {
    const [scope, name] = path.slice(library + '/node_modules/'.length).split('/');
    return scope.startsWith('@') ? `${scope}/${name}` : scope;
  }
  if (!path.startsWith(app)) return PROFILER;
  const [part, room] = path.slice(app.length + '/src/'.length).split('/');
  return part === 'modules' || part === 'platform' ? `ours: ${part}/${room}` : `ours: ${part}`;
}

/** What the process sent the server for each piece of work, and how long it waited for the answer (locks, and its own turn). */
export function statementTable(statements, pieces) {
  const rows = statements.map(([text, counted]) => ({ text: text.replace(/\s+/g, ' '), ...counted }));
  rows.sort((a, b) => b.count - a.count || b.ms - a.ms);
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  return [
    `${(all / pieces).toFixed(1)} statements each:`,
    table(
      ['statement', 'times', 'mean ms'],
      rows
        .filter(({ count }) => count >= pieces / 20)
        .map(({ text, count, ms }) => [
          `${text.replaceAll('`', '')} …`,
          (count / pieces).toFixed(2),
          (ms / count).toFixed(2),
        ]),
    ),
  ].join('\n\n');
}

const isPackage = (owner) => owner !== 'node' && owner !== 'engine and system calls' && owner !== IDLE;

/**
 * Two tables: by owner, own time and time with what it had node and the engine do; by function, with all it called.
 * Shares of the time the process was not idle.
 */
export function profileTables({ nodes, samples, timeDeltas }, app) {
  const byId = new Map(
    nodes.map((node) => [node.id, { ...node, self: 0, owner: ownerOf(node.callFrame, app) }]),
  );
  for (const node of byId.values()) for (const id of node.children ?? []) byId.get(id).parent = node;
  samples.forEach((id, i) => {
    byId.get(id).self += timeDeltas[i];
  });

  const own = new Map();
  const withNode = new Map();
  const functions = new Map();
  let busy = 0;
  let idle = 0;
  for (const node of byId.values()) {
    if (isOurWatching(node)) continue;
    if (node.owner === IDLE) {
      idle += node.self;
      continue;
    }
    busy += node.self;
    add(own, node.owner, node.self);
    add(withNode, responsible(node), node.self);
    addToFunctions(functions, node);
  }

  const share = (time) => `${((100 * time) / busy).toFixed(1)} %`;
  const owners = [...withNode.keys(), ...own.keys()].filter((owner, i, all) => all.indexOf(owner) === i);
  owners.sort((a, b) => (withNode.get(b) ?? 0) - (withNode.get(a) ?? 0));
  const totals = [...functions.values()].sort((a, b) => b.total - a.total);
  const selves = [...functions.values()].sort((a, b) => b.self - a.self);
  const functionTable = (rows) =>
    table(
      ['function', 'of', 'own', 'with all it called'],
      rows
        .slice(0, SHOWN)
        .map(({ name, owner, self, total }) => [`\`${name}\``, owner, share(self), share(total)]),
    );
  return [
    `Busy ${((100 * busy) / (busy + idle)).toFixed(0)} % of the time, ${(busy / 1e6).toFixed(1)} s.`,
    table(
      ['whose code', 'own time', 'with node and the engine on its behalf'],
      owners
        .slice(0, SHOWN)
        .map((owner) => [owner, share(own.get(owner) ?? 0), share(withNode.get(owner) ?? 0)]),
    ),
    'Functions by their own time:',
    functionTable(selves),
    'Functions by all they called (only what runs without waiting: an `await` begins anew):',
    functionTable(totals.filter(({ owner }) => isPackage(owner))),
  ].join('\n\n');
}

/** The profiler itself, ending its work. */
function isOurWatching(node) {
  for (let at = node; at; at = at.parent) if (at.owner === PROFILER) return true;
  return false;
}

const add = (map, key, time) => map.set(key, (map.get(key) ?? 0) + time);

/** The nearest caller that is a package or ours; the frame's own owner where there is none. */
function responsible(node) {
  for (let at = node; at; at = at.parent) if (isPackage(at.owner)) return at.owner;
  return node.owner;
}

function addToFunctions(functions, node) {
  const counted = new Set();
  for (let at = node; at; at = at.parent) {
    const { functionName, url, lineNumber } = at.callFrame;
    if (functionName === '(root)') continue;
    const key = `${functionName} ${url}:${lineNumber}`;
    if (counted.has(key)) continue; // it called itself
    counted.add(key);
    const file = url ? ` ${url.slice(url.lastIndexOf('/') + 1)}:${lineNumber + 1}` : '';
    const entry = functions.get(key) ?? {
      name: `${functionName || '(anonymous)'}${file}`,
      owner: at.owner,
      self: 0,
      total: 0,
    };
    if (at === node) entry.self += node.self;
    entry.total += node.self;
    functions.set(key, entry);
  }
}
