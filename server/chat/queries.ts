import { notFound } from '../errors.ts';
import { findChat } from '../triggers/endpoints.ts';
import { assertPass } from '../triggers/visit-pass.ts';
import type { Chat } from './schema.ts';

/**
 * The chat at an address. Needs no scope: the address is the proof, and the pass where a user and a password are asked for.
 * Throws NOT_FOUND, also for one that is not open, and UNAUTHORIZED without the pass.
 */
export async function getChat(endpointId: string, pass?: string): Promise<Chat> {
  const chat = await getOpenChat(endpointId);
  assertPass(endpointId, chat, pass);
  const { title, subtitle, greeting, options } = chat.config;
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
