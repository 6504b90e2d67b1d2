/**
 * Notices on their own route: SMS by a gateway, mail to private addresses, push messages to devices, telephone numbers,
 * and the words of every notice. It must never send through Office 365, and never put subjects or senders of mail into a notice.
 */
export { createAlternateEmailSender, type AlternateEmailOptions } from './alternate-email.ts';
export { createPhoneNumbers } from './phone-numbers.ts';
export { createPushService, type PushServiceOptions } from './push/push-service.ts';
export { createSmsGateway } from './sms-gateway.ts';
export { createVoiceGateway, NO_VOICE } from './voice-gateway.ts';
export { spokenTexts } from './templates/spoken-texts.ts';
export { createNoticeTemplates } from './templates/notice-templates.ts';
