#!/usr/bin/env node
// The `latchkey` command in a checkout: the command line, on the pinned Node.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runOnNode } from './with-node.mjs'

runOnNode([path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/main/cli.ts'), ...process.argv.slice(2)])
