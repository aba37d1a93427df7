// Linting of the page, the bindings, the tests and the tools. Layout is prettier's business, not eslint's.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/**
 * Rules beyond the recommended ones, for all code.
 * @type {import("eslint").Linter.RulesRecord}
 */
const ours = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
  'prefer-const': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
};

/** Types for the rules that need them; the page's build configuration belongs to no project. */
const typed = {
  projectService: { allowDefaultProject: ['web/*.ts'] },
  extraFileExtensions: ['.svelte'],
};

export default ts.config(
  { ignores: ['build/', 'node_modules/', 'web/public/'] },
  js.configs.recommended,
  { rules: ours },
  {
    files: ['**/*.ts', '**/*.svelte', '**/*.svelte.ts'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: typed,
      globals: { ...globals.browser },
    },
    rules: {
      // The compiler checks names already, and knows types.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, ...typed },
    },
    rules: {
      // Its own rule knows that props are declared with `let`.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // Markup is typed by svelte-check; to this parser its values are `any`.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['tools/**/*.mjs', 'bindings/**/*.mjs', 'tests/**/*.{ts,mjs}', '*.js'],
    languageOptions: { globals: { ...globals.node, WebAssembly: 'readonly' } },
  },
  {
    // What is handed to a page runs there.
    files: ['tests/browser/**/*.mjs', 'tests/bench/browser.mjs'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    files: ['tests/**', 'tools/**'],
    rules: { 'no-console': 'off' },
  },
);
