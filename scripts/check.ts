// `npm run check`: the quick part of the tests, lint and types.
import { domainTypes, lint, runSteps, stripeSchema, types } from './steps.ts'

process.exitCode = await runSteps([lint, types, domainTypes, stripeSchema])
