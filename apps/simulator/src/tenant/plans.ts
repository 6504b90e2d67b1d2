import type { Licence } from './recipient.ts';

/** Service plan ids as published by Microsoft (licensing-service-plan-reference). */
const EXCHANGE_PLAN_2 = 'efb87545-963c-4e0d-99df-69c6916d9eb0';
const EXCHANGE_PLAN_1 = '9aaf7827-d63c-4b61-89c3-182f06f82e5c';
const EXCHANGE_KIOSK = '4a82b400-a79f-41a4-b4e2-e94f5787b113';
const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';

interface Sku {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly exchangePlanId: string;
  readonly exchangePlanName: string;
  readonly seats: number;
}

export const SKUS: Record<Exclude<Licence, 'none'>, Sku> = {
  enterprise: {
    skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900',
    skuPartNumber: 'ENTERPRISEPACK',
    exchangePlanId: EXCHANGE_PLAN_2,
    exchangePlanName: 'EXCHANGE_S_ENTERPRISE',
    seats: 40,
  },
  standard: {
    skuId: '3b555118-da6a-4418-894f-7df1e2096870',
    skuPartNumber: 'O365_BUSINESS_ESSENTIALS',
    exchangePlanId: EXCHANGE_PLAN_1,
    exchangePlanName: 'EXCHANGE_S_STANDARD',
    seats: 10,
  },
  frontline: {
    skuId: '66b55226-6b4f-492c-910c-a3b7a3c9d993',
    skuPartNumber: 'SPE_F1',
    exchangePlanId: EXCHANGE_KIOSK,
    exchangePlanName: 'EXCHANGE_S_DESKLESS',
    seats: 10,
  },
};

export const TEAMS_PLAN = { id: TEAMS, name: 'TEAMS1', service: 'TeamspaceAPI' } as const;
