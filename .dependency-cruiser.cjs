/** The arrows of the house: what each room of the toolkit may stand on. docs/ARCHITECTURE.md draws them. */
const ROOMS = {
  errors: [],
  frame: ['errors'],
  contract: ['errors', 'frame'],
  source: ['errors', 'frame'],
  transform: ['frame'],
  display: ['errors', 'frame'],
  report: ['errors', 'frame', 'display'],
  warehouse: ['errors', 'frame'],
  config: ['errors'],
  pipeline: ['errors', 'frame', 'contract', 'warehouse'],
  state: ['errors', 'frame'],
  run: ['errors', 'frame', 'contract', 'source', 'pipeline', 'warehouse', 'config', 'state'],
  observe: ['errors', 'state'],
  notebook: ['errors', 'display'],
  profile: ['errors', 'frame', 'contract', 'source', 'transform'],
};
/** What a run leaves and tells is data that rooms below and beside it may name. */
const RUN_DATA = '^toolkit/run/(document|events)\\.ts$';

const arrows = Object.entries(ROOMS).map(([room, below]) => ({
  name: `arrows-of-${room}`,
  severity: 'error',
  comment: `${room}/ stands on ${below.length > 0 ? below.join(', ') : 'nothing'}.`,
  from: { path: `^toolkit/${room}/` },
  to: {
    path: '^toolkit/',
    pathNot: [`^toolkit/(${[room, ...below].join('|')})/`, ...(['state', 'observe', 'report'].includes(room) ? [RUN_DATA] : [])],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'arquero-when-it-is-collected',
      severity: 'error',
      comment: 'Its modules are many, and a run that publishes never collects.',
      from: { path: '^(toolkit|cli)/' },
      to: { path: 'node_modules/arquero/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    { name: 'toolkit-below-cli', severity: 'error', from: { path: '^toolkit/' }, to: { path: '^cli/|node_modules/(ink|react|@inkjs)/' } },
    { name: 'nobody-imports-a-pipeline', severity: 'error', from: { pathNot: '^(toolkit/pipelines/|tests/)' }, to: { path: '^toolkit/pipelines/' } },
    {
      name: 'pipelines-import-daybook',
      severity: 'error',
      comment: 'A relative import would bring a second Frame class.',
      from: { path: '^toolkit/pipelines/' },
      to: { path: '^toolkit/(?!pipelines/|index\\.ts$)' },
    },
    {
      name: 'sql-in-frame-alone',
      severity: 'error',
      comment: 'The engine and its SQL are frame/’s and warehouse/’s; the rest uses verbs and expressions.',
      from: { path: '^(toolkit|cli)/', pathNot: '^toolkit/(frame|warehouse)/' },
      to: { path: '@uwdata/mosaic-sql|^toolkit/frame/(sql|execute|plan)\\.ts$|^toolkit/frame/(expr|verbs)/' },
    },
    {
      name: 'ink-only-where-it-draws',
      severity: 'error',
      from: { path: '^cli/', pathNot: '^cli/screens/' },
      to: { path: 'node_modules/(ink|react)/' },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      comment: 'What is for exploring alone is loaded when it is asked for, and missed with a remedy.',
      from: { path: '^(toolkit|cli)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/(tslab|danfojs-node)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['daybook-source', 'import', 'node', 'types'] },
  },
};
