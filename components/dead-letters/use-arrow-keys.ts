'use client';
import type { KeyboardEvent } from 'react';

/**
 * Up and down arrows go from row to row: from a control that is marked with `data-row` to the one of the same name in the
 * row above or below. Give the result to the list's `onKeyDown`.
 */
export const useArrowKeys = () => moveBetweenRows;

function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(event.target instanceof HTMLElement)) return;
  const { row } = event.target.dataset;
  if (!row) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(`[data-row="${row}"]`)];
  const next = all[all.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault(); // or the page scrolls
  next.focus();
}
