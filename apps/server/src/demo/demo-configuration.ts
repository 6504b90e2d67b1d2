import type { Configuration } from '../configuration/read-configuration.ts';
import { DEMO_APPLICATIONS } from './demo-application.ts';
import { dataPaths, demoSecretKey, prepareDataDirectory } from '../composition/data-directory.ts';

/** Names and addresses of the demo, from the ranges reserved for documentation (RFC 2606, RFC 5737). */
const DEMO_HOSTS = ['mx1.holdfast.example', 'mx2.holdfast.example'] as const;
const DEMO_ADDRESSES = ['198.51.100.25', '198.51.100.26'] as const;
const LOOPBACK = '127.0.0.1';

/** Points everything at the simulated outside world, on loopback only. What was set explicitly stays. */
export function demoConfiguration(given: Configuration): Configuration {
  const paths = dataPaths(given.dataDirectory);
  prepareDataDirectory(paths);
  const simulator = `http://${LOOPBACK}:${given.simulatorPort}`;
  return {
    ...given,
    secretKey: given.secretKey ?? demoSecretKey(paths),
    mxBind: LOOPBACK,
    mxPublicPort: given.mxPort,
    mxHostnames: DEMO_HOSTS,
    noticeFrom: 'no-reply@holdfast.example',
    relayAddresses: DEMO_ADDRESSES,
    relayPort: given.simulatorSmtpPort,
    relayCa: paths.demoAuthority,
    relayTls: 'verified',
    smartHost: null,
    dnsServers: [`${LOOPBACK}:${given.simulatorDnsPort}`],
    loginBase: `${simulator}/login`,
    graphBase: `${simulator}/graph/v1.0`,
    exchangeBase: `${simulator}/exchange`,
    smsUrl: `${simulator}/sms`,
    pushTrustedOrigin: simulator,
    voiceUrl: `${simulator}/voice`,
    mtaStsBase: `${simulator}/mta-sts`,
    applicationIds: DEMO_APPLICATIONS,
    applicationCertificate: paths.demoApplication,
    applicationKey: paths.demoApplicationKey,
    applicationSecret: null,
  };
}
