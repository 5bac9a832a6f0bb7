import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { CellResult } from '../session/cell-output.ts';
import { NotebookSession } from '../session/notebook-session.ts';
import { answersOf } from './answers.ts';
import type { Content, KernelPlace, Question, SessionReply, SessionRequest } from './session-messages.ts';

/** The thread of a kernel that compiles its cells and has them run: see SessionThread. */
const port = parentPort as MessagePort;
const say = (reply: SessionReply): void => port.postMessage(reply);

const session = new NotebookSession({ ...(workerData as KernelPlace), onLateOutput: (output) => say({ kind: 'late', output }) });
const answers = answersOf(session.compiler, (workerData as KernelPlace).packageRoot);

async function answered(request: Exclude<SessionRequest, { kind: 'interrupt' }>): Promise<CellResult | Content> {
  if (request.kind === 'ask') return answerTo(request.question, request.content);
  return session.execute(request.code, request.cell, (output) => say({ kind: 'output', id: request.id, output }));
}

/** A question that the compiler stumbles over costs its answer, not the notebook's state. */
function answerTo(question: Question, content: Content): Content {
  try {
    return answers[question](content);
  } catch (fault) {
    const { name, message } = fault instanceof Error ? fault : new Error(String(fault));
    return { status: 'error', ename: name, evalue: message, traceback: [] };
  }
}

port.on('message', (request: SessionRequest) => {
  if (request.kind === 'interrupt') session.interrupt();
  else void answered(request).then((answer) => say({ kind: 'answer', id: request.id, answer }));
});
session.compiler.warm();
