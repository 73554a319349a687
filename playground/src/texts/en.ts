/** Every English text of the page. A translation is one more object of the same shape. */
import { enAccount } from './en-account.ts';
import { enAdmin } from './en-admin.ts';
import { enModel } from './en-model.ts';
import { enRuns } from './en-runs.ts';
import { enShell } from './en-shell.ts';

export const texts = { ...enShell, model: enModel, runs: enRuns, account: enAccount, admin: enAdmin };
