// The rooms of docs/architecture.md: a room, and the others it may import. Only the composition
// roots (src/*.ts) may import all.
const rooms = {
  fhir: [],
  store: ['fhir'],
  access: ['store', 'fhir'],
  trial: ['store', 'fhir'],
  exchange: ['trial', 'access', 'store', 'fhir'],
  rest: ['trial', 'exchange', 'access', 'store', 'fhir'],
  http: ['rest', 'access', 'fhir'],
  dashboard: ['fhir'],
};
const roots = '^src/[^/]+\\.ts$';
const adapters = '^src/store/(sqlite|mongodb)/';
const halves = '^src/fhir/(validate|search)/';
const error = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    ...Object.entries(rooms).map(([room, may]) =>
      error(
        `${room}-imports-only-its-row`,
        { path: `^src/${room}/` },
        { path: '^src/', pathNot: `^src/(${[room, ...may].join('|')})/` },
      ),
    ),
    error('no-cycles', {}, { circular: true }),
    error('no-dead-files', { orphan: true, path: '^src/', pathNot: '^src/dashboard/' }, {}),
    error(
      'adapters-are-chosen-in-main',
      { path: '^src/', pathNot: [roots, adapters] },
      { path: adapters },
    ),
    error(
      'adapters-are-strangers',
      { path: adapters },
      { path: adapters, pathNot: '^src/store/$1/' },
    ),
    error(
      'validate-and-search-are-strangers',
      { path: halves },
      { path: halves, pathNot: '^src/fhir/$1/' },
    ),
    error(
      'kernel-does-no-io',
      { path: '^src/fhir/', pathNot: '\\.test\\.ts$' },
      { dependencyTypes: ['core'] },
    ),
    error(
      'express-stays-in-http',
      { path: '^src/', pathNot: '^src/http/' },
      { path: 'node_modules/(@types/)?express' },
    ),
    error(
      'sqlite-stays-home',
      { path: '^src/', pathNot: '^src/store/sqlite/' },
      { path: '^(node:)?sqlite$|better-sqlite3' },
    ),
    error(
      'mongodb-stays-home',
      { path: '^src/', pathNot: '^src/store/mongodb/' },
      { path: 'node_modules/mongodb' },
    ),
    error(
      'src-never-imports-test',
      { path: '^src/', pathNot: '\\.test\\.ts$' },
      { path: '^test/' },
    ),
    error(
      'recomputation-knows-the-protocol-alone',
      { path: '^test/recompute/' },
      { pathNot: '^test/recompute/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
