import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const fileOf = (name: string): string => fileURLToPath(new URL(`./types/${name}.ts`, import.meta.url));
const WRONG = fileOf('wrong');
/** The wrong lines without their marks, so that what the compiler says of each can be read. */
const bare = readFileSync(WRONG, 'utf8').replaceAll('// @ts-expect-error', '//');

const BARE = fileOf('wrong-without-marks');

/** What the compiler says of the right file, the wrong one, and the wrong one without its marks: one run for all three. */
const compiled = (() => {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile) as { config: { compilerOptions: object } };
  const { options } = ts.parseJsonConfigFileContent({ compilerOptions: config.compilerOptions, files: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (name === BARE ? ts.createSourceFile(name, bare, ts.ScriptTarget.ES2023, true) : read(name, ...rest));
  const program = ts.createProgram([fileOf('right'), WRONG, BARE], options, host);
  return (name: string): readonly ts.Diagnostic[] => program.getSemanticDiagnostics(program.getSourceFile(name));
})();
const wordOf = (it: ts.Diagnostic): string => ts.flattenDiagnosticMessageText(it.messageText, '\n');

test('row types are exact, and what is wrong does not compile', (t) => {
  t.deepEqual(
    [fileOf('right'), WRONG].flatMap((name) => compiled(name).map(wordOf)),
    [],
  );
});

test('every wrong line is wrong in the line it is in, and a misspelt name is put right', (t) => {
  const found = compiled(BARE);
  const lines = bare.split('\n');
  const saidOf = (what: string): string => {
    const line = lines.indexOf(`// ${what}`) + 1;
    return found
      .filter((it) => it.file?.getLineAndCharacterOfPosition(it.start ?? 0).line === line)
      .map(wordOf)
      .join('\n');
  };
  const marks = lines.flatMap((it) => (/^\/\/ [a-z]/.test(it) ? [it.slice(3)] : []));
  t.true(marks.length >= 50);
  t.deepEqual(
    marks.filter((what) => saidOf(what) === ''),
    [],
  );
  t.regex(saidOf('derive: a misspelt column'), /Property 'emial' does not exist .* Did you mean 'email'\?/s);
  t.regex(saidOf('filter: a misspelt column'), /Did you mean 'email'\?/);
  t.regex(saidOf('rename: a misspelt column'), /Did you mean to write 'email'\?/);
  t.regex(saidOf('rollup: a misspelt column'), /Did you mean 'since'\?/);
  t.regex(saidOf('a word that a status cannot be'), /"actve"/);
  // where TypeScript has no suggestion, it lists the names
  t.regex(saidOf('select: a misspelt column'), /"email" \| "customer_id" \| "status"/);
});
