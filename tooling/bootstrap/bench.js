import { runOptional } from './optional.js';

await runOptional('benchmarks', process.argv.slice(2));
