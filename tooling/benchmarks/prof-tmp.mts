import { startLoneMx } from '@holdfast/rig/lone-mx';
import { PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { runSmtpSource } from '@holdfast/rig/smtp-source';
import { cpuSeconds, residentMemory } from '@holdfast/rig/process-figures';
const prof = process.argv[2]==='prof';
const mx = await startLoneMx(prof?{nodeOptions:['--cpu-prof','--cpu-prof-dir=/tmp/hfa/prof','--cpu-prof-interval=500']}:{});
const load=(messages:number)=>runSmtpSource({port:mx.port,recipient:PROTECTED_RECIPIENT,sessions:20,messages,body:4096,reuse:true});
await load(4000);
for(let i=0;i<3;i++){ const c=cpuSeconds(mx.pid); const n=8000; const s=await load(n); console.log((n/s).toFixed(0),'msg/s', 'mx cpu us/msg', ((cpuSeconds(mx.pid)-c)*1e6/n).toFixed(0), 'rss', residentMemory(mx.pid)/1e6|0);}
await mx.role.stop(); await mx[Symbol.asyncDispose](); process.exit();
