#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Types are stripped and code is compiled at the first start alone; the later ones read it from here.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'));
const { runProgram } = await import('./command/program.ts');
await runProgram();
