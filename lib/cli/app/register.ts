import { writeFileSync } from 'node:fs';

/*
 * Preloaded into the app of a user (`NODE_OPTIONS=--require`), and into every other program of Node.js that its command
 * starts. So it stands alone, does nothing that a program could notice but to keep more of a stack, and never throws.
 */

/** What `App` of CDK calls at the end of its constructor. */
type InitHook = (app: HookedApp) => void;

interface HookedApp {
  readonly node: { setContext(key: string, value: unknown): void };
}

const HOOK = Symbol.for('@aws-cdk/core.App#initHook');

/** Ten frames, as V8 keeps them, are fewer than the constructs of CDK put between a resource and the line that asked for it. */
const FRAMES = 60;

/** Where it says that an App was there; set by the command line. */
const mark = process.env.SECURE_TRANSMISSION_APP_MARK;

if (mark !== undefined) prepareProcess(mark);

function prepareProcess(file: string): void {
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, FRAMES);
  // Before the app is loaded: of a file that is, nobody reads the source map any more.
  process.setSourceMapsEnabled(true);
  const prepared = new WeakSet<object>();
  chain((app) => {
    if (prepared.has(app)) return;
    prepared.add(app);
    prepareApp(app, file);
  });
}

function prepareApp(app: HookedApp, file: string): void {
  try {
    // Rules that the app itself registers judge it elsewhere; here they would end it before it is judged.
    app.node.setContext('@aws-cdk/core:failSynthOnValidationErrors', false);
    app.node.setContext('aws:cdk:disable-logicalId-metadata', false);
    app.node.setContext('aws:cdk:disable-creation-stack-traces', false);
    writeFileSync(file, '');
  } catch {
    // An App that takes no context, or a folder that is gone: the app is judged by what it writes.
  }
}

/** Runs ours after whatever hook is set before or after this, as often as somebody wraps the hook that is there. */
function chain(ours: InitHook): void {
  const slots = globalThis as { [HOOK]?: InitHook | undefined };
  let theirs = slots[HOOK];
  Object.defineProperty(globalThis, HOOK, {
    configurable: true,
    get: (): InitHook => {
      const before = theirs;
      return (app) => {
        before?.(app);
        ours(app);
      };
    },
    set: (hook: InitHook | undefined) => {
      theirs = hook;
    },
  });
}
