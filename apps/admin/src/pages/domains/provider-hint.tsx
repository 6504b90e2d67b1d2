import type { DomainView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';

const words = m.domainProviders;

/** Where the records are entered, told by the name servers of the domain. */
export function ProviderHint({ domain }: { readonly domain: DomainView }) {
  const { provider, nameServers } = domain;
  return (
    <>
      <h3 className="mt-5 mb-1.5">{words.title}</h3>
      <p className="text-text-2">
        {provider === null
          ? words.unknown
          : `${words.recognised(words.name[provider])} ${words.hint[provider]}`}
      </p>
      {nameServers.length === 0 ? null : (
        <p className="mt-1 text-sm text-text-2">
          {words.servers}{' '}
          <span className="font-mono text-xs break-all">{nameServers.join(', ')}</span>
        </p>
      )}
    </>
  );
}
