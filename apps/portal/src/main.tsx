import '@holdfast/design/tokens.css';
import './base.css';
import './app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { queryClient, trpc } from './api.ts';
import { App } from './app.tsx';
import { showsMessage } from './navigation.ts';
import { openFromCopies } from './offline/use-device-copies.ts';
import { watchForSessionEnd } from './session/use-session.ts';

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no #app');
watchForSessionEnd();
openFromCopies();
// Nothing can be drawn before its answer: it is asked before the first drawing takes its time.
void queryClient.prefetchQuery(trpc.session.state.queryOptions());
// A link to a message needs its reader as soon as that answer is there. Whether it came is asked when it is drawn.
if (showsMessage()) import('./reader/reader.tsx').catch(() => undefined);
createRoot(place).render(
  <QueryClientProvider client={queryClient}>
    <App />
  </QueryClientProvider>,
);
// Behind the first page: it needs the network first.
addEventListener('load', () => void import('./offline/keep-page.ts').then((m) => m.keepPage()));
