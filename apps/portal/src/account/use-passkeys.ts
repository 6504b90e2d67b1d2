import { useMutation } from '@tanstack/react-query';
import { problemOf, queryClient, trpc } from '../api.ts';
import { entered, setSession } from '../session/use-session.ts';
import { passkeyWords } from './passkey-words.ts';

const ceremony = () => import('./passkey-ceremony.ts');

/** Asks the device to make a passkey and keeps it. */
export function useAddPasskey(onAdded: () => void) {
  const offer = useMutation(trpc.session.offerPasskey.mutationOptions());
  const add = useMutation(trpc.session.addPasskey.mutationOptions());
  return useMutation({
    networkMode: 'always',
    retry: false,
    mutationFn: async () => {
      const options = await offer.mutateAsync();
      const { makePasskey } = await ceremony();
      return add.mutateAsync({ answer: await makePasskey(options) });
    },
    onSuccess: (state) => {
      setSession(state);
      void queryClient.invalidateQueries({ queryKey: trpc.account.pathKey() });
      onAdded();
    },
  });
}

/** Signs in with whichever passkey the device offers. */
export function useSignInWithPasskey() {
  const request = useMutation(trpc.session.requestPasskey.mutationOptions());
  const use = useMutation(trpc.session.usePasskey.mutationOptions());
  return useMutation({
    networkMode: 'always',
    retry: false,
    mutationFn: async () => {
      const options = await request.mutateAsync();
      const { answerWithPasskey } = await ceremony();
      return use.mutateAsync({ answer: await answerWithPasskey(options) });
    },
    onSuccess: entered,
  });
}

/** A failed passkey in words, the browser's refusals included. */
export function passkeyProblem(error: unknown): string {
  return passkeyWords(error) ?? problemOf(error).message;
}
