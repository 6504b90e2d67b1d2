import { counted } from '../../format/counts.ts';

export const countedUsers = (count: number): string => counted(count, 'user', 'users');
export const countedPeople = (count: number): string => counted(count, 'person', 'people');
export const countedMessages = (count: number): string => counted(count, 'message', 'messages');
