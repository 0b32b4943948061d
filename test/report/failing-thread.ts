// The report thread as it is, with a way to make it fail.
import '../chaos/faults.ts'

await import('../../src/main/report/thread.ts')
