import jsdoc from 'eslint-plugin-jsdoc';
import { globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const limits = {
  complexity: ['error', 12],
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 4],
};

export default tseslint.config(
  globalIgnores(['node_modules/', 'data/', 'coverage/', 'profiles/fsh-generated/', '.cache/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { jsdoc },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...limits,
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-imports': [
        'error',
        {
          name: '@medplum/fhirtypes',
          importNames: ['ResearchStudy'],
          message: 'It has elements of R5; import it from src/fhir/research-study.ts.',
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': 'error',
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          contexts: [
            'ExportNamedDeclaration > TSInterfaceDeclaration',
            'ExportNamedDeclaration > TSTypeAliasDeclaration',
          ],
          require: { FunctionDeclaration: true, ClassDeclaration: true },
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "BinaryExpression[operator='instanceof'] > Identifier.right[name=/Error$/]",
          message: 'Recognise errors by code, or by isNativeError from node:util/types.',
        },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts', '*.config.ts'],
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'jsdoc/require-jsdoc': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  { files: ['src/fhir/research-study.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
