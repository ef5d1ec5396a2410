import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { apiFolders, boundaries } from './tools/boundaries.mjs';

const SOURCES = ['**/*.ts', '**/*.tsx'];
/** What no source has, in the words of ESLint. */
const NOWHERE = [
  {
    // A file that lists names itself, or is made from the document, may be passed on whole.
    selector: 'ExportAllDeclaration:not([source.value=/^\\.\\/(records|generated\\/words)$/])',
    message: 'An index lists the names it exports.',
  },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
  {
    selector:
      'CallExpression[callee.property.name=/^(skip|only|todo)$/][callee.object.name=/^(it|test|describe)$/]',
    message: 'Every test runs.',
  },
];
/** What runs only under the test runner: these may import the contract suites. */
const TESTS = [
  '**/*.spec.ts',
  '**/*.spec.tsx',
  '**/*.fixture.ts',
  '**/testing/**/*.ts',
  'libs/*/contract/src/**/*.ts',
  'apps/e2e/**/*.ts',
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/.nx/**',
      '**/coverage/**',
      '.counterparts/**',
      'data/**',
      'tmp/**',
      'libs/api-client/src/**/*generated*',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: SOURCES,
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // It would turn the imports that decorated constructors need at run time into types.
      '@typescript-eslint/consistent-type-imports': 'off',
      '@nx/enforce-module-boundaries': ['error', boundaries('product')],
      'no-restricted-syntax': ['error', ...NOWHERE],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['libs/domain/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^node:',
              message:
                'The domain runs anywhere: clock, randomness and files come in as arguments.',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'crypto', 'fetch', 'setTimeout', 'setInterval'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The time comes in as an argument.' },
        { object: 'Math', property: 'random', message: 'Randomness comes in as an argument.' },
      ],
    },
  },
  {
    files: [
      'apps/api/src/**/*.ts',
      'apps/collector/src/**/*.ts',
      'libs/providers/**/*.ts',
      'libs/storage/**/*.ts',
    ],
    ignores: TESTS,
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Date',
          property: 'now',
          message:
            'A span is measured by performance.now(), which nobody sets; a moment is a Date.',
        },
      ],
    },
  },
  ...apiFolders(TESTS),
  {
    files: TESTS,
    rules: { '@nx/enforce-module-boundaries': ['error', boundaries('tests')], 'no-console': 'off' },
  },
  {
    files: ['apps/web/**/*.{ts,tsx}', 'apps/collector/**/*.ts', 'apps/api/src/cli/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...NOWHERE,
        {
          selector: 'TSPropertySignature[key.name=/_/]',
          message: 'What travels is typed by the contract: Schemas of @cloudpam/api-client.',
        },
      ],
    },
  },
  { files: ['apps/web/**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
  {
    files: ['**/*.{js,cjs,mjs}'],
    // These are not compiled, and Node's globals are known to Node.
    rules: { 'no-undef': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
);
