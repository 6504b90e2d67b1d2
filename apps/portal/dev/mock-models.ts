import type { CodeFormModel } from '../../server/src/web/alternate-info/code-form.ts';
import type { DoneModel } from '../../server/src/web/alternate-info/done.ts';
import type { InfoFormModel } from '../../server/src/web/alternate-info/info-form.ts';

const owner = { organisation: 'Contoso', maskedAddress: 'm••••.b••••@contoso.example' };

export const infoModel: InfoFormModel = {
  ...owner,
  action: '/info/form',
  values: {
    email: 'megan.b@posteo.example',
    phone: '151 2345 6789',
    country: 'DE',
    preferred: 'sms',
    language: 'en',
  },
  errors: {},
  countries: [
    { code: 'AT', name: 'Austria', dialCode: '43' },
    { code: 'DE', name: 'Germany', dialCode: '49' },
    { code: 'GB', name: 'United Kingdom', dialCode: '44' },
  ],
  languages: [
    { value: 'en', label: 'English' },
    { value: 'de', label: 'Deutsch' },
  ],
  helpdesk: '+49 30 5550 100',
  emailNote: 'independent',
  phoneNote: 'none',
};

export const codeModel: CodeFormModel = {
  ...owner,
  action: '/info/codes',
  resendAction: '/info/codes',
  changeHref: '/info/form',
  channels: [
    {
      kind: 'sms',
      masked: '+49 ••• •••• ••89',
      status: 'waiting',
      error: 'That is not the code we sent. Look at the newest message; 4 tries are left.',
      note: 'none',
    },
    { kind: 'email', masked: 'm••••@posteo.example', status: 'waiting', error: null, note: 'weak' },
  ],
  notice: null,
  problem: null,
};

export const doneModel: DoneModel = {
  ...owner,
  channels: [
    { kind: 'sms', masked: '+49 ••• •••• ••89', status: 'verified', preferred: true, note: 'none' },
    {
      kind: 'email',
      masked: 'm••••@outlook.example',
      status: 'waiting',
      preferred: false,
      note: 'weak',
    },
  ],
  portalHost: 'mail.contoso-emergency.example',
  helpdesk: '+49 30 5550 100',
  changeHref: '/info/form',
  codeHref: '/info/codes',
  removeAction: '/info/removed',
  notice: null,
};
