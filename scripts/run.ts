import { Command, CommanderError, Option } from 'commander';
import {
  exit,
  formats,
  type Io,
  type Reporting,
  report,
  reportCannotRun,
  sayCannotRun,
} from './commands/io.js';
import { type Level, levels } from './compare/rules.js';
import type { Config } from './config/config.js';
import { CannotRun } from './problems/problem.js';
import { visible } from './problems/visible.js';
import { version } from './version.js';

/**
 * Runs the command line: arguments (without the program's name) to an exit code. 0: proved or done; 1:
 * problems, or out of date; 2: could not run; 70: a bug of ours. Never throws.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code: number = exit.ok;
  const program = commandLine(io, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its message, for people; help and version end with its code 0.
      if (error.exitCode === 0) return exit.ok;
      reportCannotRun(io, reportingOf(argv, program), error.message.replace(/^error: /, ''));
      return exit.cannotRun;
    }
    if (error instanceof CannotRun) {
      sayCannotRun(io, error.message);
      return exit.cannotRun;
    }
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr(
      `webhook-contracts: this is a bug, please report it with the document: ${oneLine(reason)}\n`,
    );
    return exit.bug;
  }
}

/** Tells how arguments ask for a report that are wrong in another way. */
function reportingOf(argv: readonly string[], program: Command): Reporting {
  const asked = argv.flatMap((arg, at) => {
    if (arg === '--format') return argv.slice(at + 1, at + 2);
    return arg.startsWith('--format=') ? [arg.slice('--format='.length)] : [];
  });
  return {
    command: program.commands.map((one) => one.name()).find((name) => argv.includes(name)) ?? '',
    format: formats.find((format) => format === asked.at(-1)) ?? 'text',
    quiet: true,
    color: false,
  };
}

/** Folds an error's stack into one line: what went wrong, and where. */
function oneLine(stack: string): string {
  return visible(
    stack
      .split('\n')
      .slice(0, 2)
      .map((line) => line.trim())
      .join(' '),
  );
}

function commandLine(io: Io, end: (code: number) => void): Command {
  const program = new Command('webhook-contracts')
    .description('Contract testing and schema specification of webhooks, from AsyncAPI documents.')
    .version(version(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout,
      writeErr: (text) => io.stderr(text.split('\n').map(visible).join('\n')),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });

  const command = (name: string, summary: string) =>
    program
      .command(name)
      .summary(summary)
      .description(summary)
      .helpOption('--help', 'print this help')
      .addOption(new Option('--format <format>', 'how to report').choices(formats).default('text'))
      .option('--quiet', 'print problems only', false)
      .option('--no-color', 'print without colours');

  const specs =
    'documents: files, folders, or providers by name (default: all of the configuration, or of ./specs)';

  command('lint', 'Check AsyncAPI documents: structure, references, schemas, examples, messages.')
    .argument('[SPEC...]', specs)
    .option('--parser', 'ask @asyncapi/parser for its opinion as well', false)
    .option('--strict', 'let warnings count as errors', false)
    .action(async (files: string[], given: Given & { parser: boolean; strict: boolean }) => {
      const { lintCommand } = await import('./commands/lint.js');
      end(
        await configured(io, 'lint', given, (config, options) =>
          lintCommand(io, config, files, { ...given, ...options }),
        ),
      );
    });

  command('generate', 'Generate types, validators and checks from AsyncAPI documents.')
    .argument('[SPEC...]', specs)
    .option('--out <folder>', "where to (default: the configuration's outputs, or generated)")
    .option('--force', 'replace files that were changed by hand', false)
    .option('--check', 'write nothing, say what is out of date', false)
    .addOption(
      new Option('--watch', 'generate again whenever a document changes')
        .default(false)
        .conflicts('check'),
    )
    .action(async (files: string[], given: Given & GenerateFlags) => {
      const { generateCommand } = await import('./commands/generate.js');
      const { watch } = await import('./commands/watch.js');
      end(
        await configured(io, 'generate', given, (config, reporting) => {
          const options = { ...given, out: given.out, ...reporting };
          return given.watch
            ? watch(io, options, '--watch', (now, onOpen) =>
                generateCommand(io, now, files, { ...options, onOpen }),
              )
            : generateCommand(io, config, files, options);
        }),
      );
    });

  command('validate', 'Judge one delivery: a request body and its headers.')
    .argument('<SPEC>', 'the document: a file, or a provider by name')
    .argument('[FILE]', 'the request body; - or nothing: standard input', '-')
    .option('--message <name>', 'judge by this message, rather than find it')
    .option('--header <line>', "a header, 'Name: value'; may be given several times", collect, [])
    .option('--strict', 'report fields that the document does not know', false)
    .action(
      async (
        spec: string,
        file: string,
        given: Given & { message?: string; header: string[]; strict: boolean },
      ) => {
        const { validateCommand } = await import('./commands/validate.js');
        const { message, header: headers, strict } = given;
        end(
          await configured(io, 'validate', given, (config, options) =>
            validateCommand(io, config, spec, file, { message, headers, strict, ...options }),
          ),
        );
      },
    );

  command('verify', 'Judge pacts against documents: what consumers need, what producers send.')
    .argument('[PACT...]', 'pacts: files or folders (default: contracts/pacts)')
    .option('--spec <spec...>', specs, collect, [])
    .option('--strict', 'let warnings count as errors, such as messages without a pact', false)
    .action(async (pacts: string[], given: Given & { spec: string[]; strict: boolean }) => {
      const { verifyCommand } = await import('./commands/verify.js');
      const { spec: specs, strict } = given;
      end(
        await configured(io, 'verify', given, (config, options) =>
          verifyCommand(io, config, pacts, { specs, strict, ...options }),
        ),
      );
    });

  command('diff', 'Say what changed between two versions of documents, and whom that breaks.')
    .usage('[options] OLD NEW | --against git:REF [SPEC...]')
    .argument('[SPEC...]', 'two documents, the older one first; with --against, documents')
    .option('--against <version>', 'compare with an older version: git:REF')
    .addOption(new Option('--level <level>', 'what has to stay').choices(levels))
    .addOption(
      new Option('--pact <pact>', 'a pact or a folder of them')
        .argParser(collect)
        .default([], 'contracts/pacts'),
    )
    .option('--strict', "let what can't be judged count as an error", false)
    .action(async (files: string[], given: Given & DiffFlags) => {
      const { diffCommand } = await import('./commands/diff.js');
      const { against, level, pact: pacts, strict } = given;
      end(
        await configured(io, 'diff', given, (config, options) =>
          diffCommand(io, config, files, { against, level, pacts, strict, ...options }),
        ),
      );
    });

  command(
    'docs',
    'Make a site of AsyncAPI documents: a page for each, with search, to publish or to read.',
  )
    .argument('[SPEC...]', specs)
    .option('--out <folder>', 'where to', 'site')
    .option('--serve [port]', 'show it on this machine, and again whenever a document changes')
    .action(async (files: string[], given: Given & { out: string; serve?: string | true }) => {
      const { docsCommand } = await import('./commands/docs.js');
      end(
        await configured(io, 'docs', given, (config, reporting) =>
          docsCommand(io, config, files, { ...given, serve: given.serve, ...reporting }),
        ),
      );
    });

  return program;
}

interface GenerateFlags {
  readonly out?: string;
  readonly check: boolean;
  readonly force: boolean;
  readonly watch: boolean;
}

interface DiffFlags {
  readonly against?: string;
  readonly level?: Level;
  readonly pact: string[];
  readonly strict: boolean;
}

interface Given {
  readonly format: Reporting['format'];
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Runs a command with the repository's configuration; where that has problems, nothing can run. */
async function configured(
  io: Io,
  command: string,
  { format, quiet, color }: Given,
  action: (config: Config, reporting: Reporting) => Promise<number>,
): Promise<number> {
  const reporting = { command, format, quiet, color: color && io.color };
  // Loaded where a command runs: help and the version need nothing of it.
  const { readConfig } = await import('./config/read-config.js');
  try {
    const { config, problems } = readConfig(io.cwd);
    if (problems.length > 0) {
      report(io, reporting, problems);
      return exit.cannotRun;
    }
    return await action(config, reporting);
  } catch (error) {
    if (error instanceof CannotRun) reportCannotRun(io, reporting, error.message);
    throw error;
  }
}

function collect(line: string, lines: readonly string[]): string[] {
  return [...lines, line];
}
