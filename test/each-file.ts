// Runs at the begin of every file with tests.
import { afterAll, afterEach } from 'vitest'
import { fileIsOver, testIsOver } from './closing.ts'

afterEach(testIsOver)
afterAll(fileIsOver)
