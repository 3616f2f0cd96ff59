import { notFound } from '../errors.ts';
import { findChat } from '../triggers/endpoints.ts';
import type { Chat } from './schema.ts';

/** The chat at an address. Needs no scope: the address is the proof. Throws NOT_FOUND, also for one that is not open. */
export async function getChat(endpointId: string): Promise<Chat> {
  const { title, subtitle, greeting, options } = (await getOpenChat(endpointId)).config;
  return {
    title,
    subtitle,
    greeting: greeting.split('\n').filter((line) => line.trim() !== ''),
    placeholder: options.placeholder ?? '',
    allowFiles: options.allowFiles ?? false,
  };
}

export async function getOpenChat(endpointId: string) {
  const chat = await findChat(endpointId);
  if (!chat?.active || !chat.config.open) throw notFound('chat');
  return chat;
}
