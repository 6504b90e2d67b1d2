import { runOptional } from './optional.js';

await runOptional('proofs', process.argv.slice(2));
