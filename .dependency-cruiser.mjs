// The direction of imports (see ARCHITECTURE.md): every folder imports from itself and from the ones before it.
// Imports of types count like any other. `npm run check` runs this.
const order = [
  'src/syntax/',
  'src/nginx/',
  'src/config/',
  'src/effective/',
  'src/lint/',
  'rules/',
  'src/fix/',
  'src/diagnose/',
  'src/report/',
  'src/index.ts',
  'src/cli/',
]

const pattern = (path) => path.replaceAll('.', '\\.').replace(/\.ts$/, '.ts$')
const anyOf = (paths) => `^(?:${paths.map(pattern).join('|')})`

const direction = order.map((folder, index) => ({
  name: `direction: ${folder}`,
  comment: `${folder} may import from ${order.slice(0, index + 1).join(', ')} only`,
  severity: 'error',
  from: { path: anyOf([folder]) },
  to: { path: '^(?:src|rules|test|bench)/', pathNot: anyOf(order.slice(0, index + 1)) },
}))

/** Where the outside world may be touched; everything else runs in a browser too. */
const mayUseNode = [
  '^src/config/.*node[^/]*\\.ts$',
  '^src/fix/.*node[^/]*\\.ts$',
  '^src/fix/write/',
  '^src/diagnose/.*node[^/]*\\.ts$',
  '^src/report/.*(?:node|file)[^/]*\\.ts$',
  '^src/report/write[^/]*\\.ts$',
  '^src/cli/',
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...direction,
    {
      name: 'known folders',
      comment: 'a new folder of src/ needs its place in the order at the top of .dependency-cruiser.mjs',
      severity: 'error',
      from: { path: '^src/', pathNot: anyOf(order) },
      to: {},
    },
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no node: in the core',
      comment: 'reading and writing belong to the *node*.ts loaders, the writer and src/cli',
      severity: 'error',
      from: { path: '^(?:src|rules)/', pathNot: mayUseNode },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no packages in syntax and nginx',
      severity: 'error',
      from: { path: '^src/(?:syntax|nginx)/' },
      to: { path: 'node_modules' },
    },
    {
      name: 'only runtime packages in what is published',
      severity: 'error',
      from: { path: '^(?:src|rules)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'no unresolvable imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // dependency-cruiser can't use TypeScript 7, which has no compiler API; swc reads the same imports.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
