import type { AccountView } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { problemOf, queryClient, trpc } from '../api.ts';
import { sinceMoment } from '../dates.ts';
import { account } from '../messages/en/account.ts';
import { useNow } from '../use-now.ts';
import { ProblemLine } from '../parts/problem-line.tsx';

export function DeviceSection({ devices }: { readonly devices: AccountView['devices'] }) {
  const now = useNow();
  const end = useMutation(
    trpc.account.endDevices.mutationOptions({
      onSuccess: (view) => queryClient.setQueryData(trpc.account.read.queryKey(), view),
    }),
  );
  return (
    <section aria-labelledby="devices">
      <h2 id="devices">{account.devices}</h2>
      <ProblemLine text={end.error === null ? null : problemOf(end.error).message} />
      <ul className="cards">
        {devices.map((device) => (
          <li key={device.id}>
            <p>
              <b>
                {device.device}
                {device.current && <span className="tag">{account.thisDevice}</span>}
              </b>
              <span className="hint">
                {account.signedIn(device.method, sinceMoment(device.since, now))}
                {device.network !== null && ` ${account.network(device.network)}`},{' '}
                {account.lastSeen(sinceMoment(device.lastSeenAt, now))}
              </span>
            </p>
            {!device.current && (
              <button
                type="button"
                className="btn"
                aria-label={account.endDeviceOf(device.device)}
                disabled={end.isPending}
                onClick={() => end.mutate({ device: device.id })}
              >
                {account.endDevice}
              </button>
            )}
          </li>
        ))}
      </ul>
      {devices.length > 1 && (
        <button
          type="button"
          className="btn"
          disabled={end.isPending}
          onClick={() => end.mutate({ device: 'others' })}
        >
          {account.endOthers}
        </button>
      )}
    </section>
  );
}
