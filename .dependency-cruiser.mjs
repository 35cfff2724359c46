/**
 * Who may import whom (docs of the layout: README). Every rule here says why it stands, and is proven by a file of
 * `test/architecture/violations` that must fail it.
 */

/** The modules by layer, lowest first. A module knows the layers below its own, and nothing beside or above it. */
const LAYERS = [
  // below the others of their row in the design: staff change everything, a passport code goes out through the outbox
  ['audit'],
  ['notification'],
  ['sitting', 'passport'],
  ['qualification'],
  ['registration'],
  ['written-exam', 'oral-exam', 'score-report', 'venue-window', 'ownership'],
  ['waitlist', 'collective-registration', 'payment'],
];
const anyOf = (names) => `(${names.join('|')})`;
const modules = (names) => `^src/modules/${anyOf(names)}/`;
const library = (names) => `(^|/)node_modules/${anyOf(names)}(/|$)`;
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** What composes the house: these may import every module's index, and nobody imports them. */
const ROOT = '^src/(app\\.module|main|cli|entities)\\.ts$|^src/(demo|landing)/';

const importOrder = LAYERS.map((layer, i) =>
  rule(
    `import-order-${layer[0]}`,
    `${layer.join(', ')}: may know ${i === 0 ? 'kernel and platform' : LAYERS[i - 1].join(', ')} and below; ` +
      'a module that knew its neighbours or the ones above it could not be read, tested or changed alone.',
    { path: modules(layer) },
    { path: modules(LAYERS.slice(i).flat()), pathNot: '^src/modules/$1/' },
  ),
);

/** Libraries and the one place that knows each of them, so that replacing one is a change in one place. */
const ownedLibraries = [
  {
    owner: 'platform',
    home: '^src/platform/',
    names: [
      'bull',
      '@nestjs/(bull|schedule|typeorm)',
      'cron',
      'ioredis',
      'mysql2',
      'libsql',
      'pino',
      'pino-http',
      'helmet',
      'prom-client',
      'zod',
      'csv-parse',
      'yauzl',
      'sax',
      'hucre',
      'class-validator',
      'class-transformer',
      'xss',
    ],
  },
  { owner: 'notification', home: '^src/modules/notification/', names: ['nodemailer'] },
  { owner: 'passport', home: '^src/modules/passport/', names: ['altcha-lib', '@node-rs/argon2'] },
  { owner: 'the ticket', home: '^src/modules/registration/ticket\\.pdf\\.ts$', names: ['pdfkit'] },
  {
    owner: 'the ticket fonts',
    home: '^src/modules/registration/ticket\\.fonts\\.ts$',
    names: ['fontkit', '@expo-google-fonts/[^/]+'],
  },
  {
    owner: 'the command line',
    home: '^src/cli\\.ts$|^src/platform/import/',
    names: ['commander', 'cli-progress'],
  },
  {
    owner: 'the back office',
    home: '^src/admin/',
    names: ['adminjs', '@adminjs/[^/]+', 'express-session', 'express-formidable', 'react', 'otpauth', 'uqr'],
  },
].map(({ owner, home, names }) =>
  rule(
    `library-of-${owner.replace(/^the /, '').replaceAll(' ', '-')}`,
    `Only ${owner} knows these libraries; everybody else asks ${owner} in our own words, so that one can be replaced ` +
      'in one place.',
    { path: '^(src|migrations)/', pathNot: home },
    { path: library(names) },
  ),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule(
      'kernel-stands-alone',
      'The kernel is plain TypeScript that everything else is built on: no Nest, no TypeORM, no library but uuid.',
      { path: '^src/kernel/' },
      { pathNot: ['^src/kernel/', library(['uuid']), '^(node:)?crypto$'] },
    ),
    rule(
      'platform-knows-no-module',
      'The platform serves every module and so can know none of them.',
      { path: '^src/platform/' },
      { path: ['^src/(modules|admin)/', ROOT] },
    ),
    ...importOrder,
    rule(
      'every-module-has-a-layer',
      'A module that stands in no layer would escape the import order: give it one in this file.',
      { path: '^src/modules/', pathNot: modules(LAYERS.flat()) },
      {},
    ),
    rule(
      'modules-know-no-root',
      'The back office, the landing page, the demonstration and the composition root stand on the modules, never the other way round.',
      { path: '^src/modules/' },
      { path: ['^src/admin/', ROOT] },
    ),
    rule(
      'admin-knows-no-root',
      'The back office is one of the rooms: what puts the rooms together may know it, it may not know them.',
      { path: '^src/admin/' },
      { path: ROOT },
    ),
    rule(
      'modules-meet-at-the-index',
      "A module's index names what it offers; everything else in it may change without asking.",
      { path: '^src/modules/([^/]+)/' },
      { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    ),
    rule(
      'others-enter-by-the-index',
      "The back office and the composition root use what a module's index names, like any other module.",
      { path: '^(src|migrations)/', pathNot: '^src/modules/' },
      { path: '^src/modules/[^/]+/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    ),
    rule(
      'rules-are-pure',
      'A rule takes facts and a time and touches nothing, so that a table of cases tests it without booting anything.',
      { path: '\\.(rules|machine)\\.ts$' },
      {
        path: [
          '\\.(repository|use-case|controller|module|jobs)\\.ts$',
          '^src/platform/(database|queue)/',
          '^src/platform/config\\.ts$',
          library(['@nestjs/[^/]+', 'typeorm']),
        ],
      },
    ),
    rule(
      'only-repositories-know-typeorm',
      'The SQL about a noun stands in its repository; a use-case that built queries would hide some of it.',
      { path: '^src/modules/', pathNot: '\\.(repository|entity)\\.ts$' },
      { path: library(['typeorm']) },
    ),
    rule(
      'modules-touch-no-files-or-sockets',
      'The platform opens files and connections: modules stay testable, and nothing leaves the process unseen.',
      { path: '^src/modules/' },
      { path: '^(node:)?(fs|fs/promises|net|tls|http|https|http2|dgram|child_process|worker_threads|os)$' },
    ),
    ...ownedLibraries,
    rule(
      'migrations-know-only-the-dialect',
      'A migration describes the past: if it read entities or rules, changing those would change history.',
      { path: '^migrations/' },
      {
        pathNot: [
          '^migrations/',
          '^src/platform/database/(dialect|migration-steps)\\.ts$',
          library(['typeorm']),
        ],
      },
    ),
    rule(
      'only-the-database-knows-migrations',
      'Migrations run through the data source, in one way, on both engines.',
      { path: '^src/', pathNot: '^src/platform/database/' },
      { path: '^migrations/' },
    ),
    rule(
      'tests-are-not-imported',
      'What runs in production must not need what is only there to test it.',
      { path: '^(src|migrations)/' },
      { path: ['^(test|bench|scripts)/', '\\.spec\\.ts$'] },
    ),
    rule(
      'no-development-dependency',
      'The image is pruned to the production dependencies: such an import would only fail there.',
      { path: '^(src|migrations)/', pathNot: '^src/admin/components/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    ),
    rule(
      'no-undeclared-dependency',
      'A library that is only there because another one brought it goes when the other one changes its mind. ' +
        '(AdminJS bundles the components with its own React and design system.)',
      { path: '^(src|migrations)/', pathNot: '^src/admin/components/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    rule('no-unresolvable', 'An import of something that is not there.', {}, { couldNotResolve: true }),
    rule(
      'no-circular',
      'Files that import each other are one file in two, and crash at load when both need the other first.',
      {},
      { circular: true },
    ),
    rule(
      'no-orphans',
      'A file that nothing uses and that uses nothing is a leftover.',
      { orphan: true, pathNot: ['^src/(main|cli)\\.ts$', '^src/admin/bundle\\.ts$', '\\.d\\.ts$'] },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: new URL('tsconfig.json', import.meta.url).pathname },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
