import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in the product's own colours: tokens only, so it follows light and dark by itself. */
export const theme = EditorView.theme({
  '&': { fontSize: '12.5px', color: 'var(--foreground)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': {
    fontFamily: 'var(--font-mono, ui-monospace)',
    padding: '6px 0',
    caretColor: 'var(--foreground)',
  },
  '.cm-line': { padding: '0 10px', lineHeight: '20px' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--foreground-subtle)',
    border: 'none',
    fontFamily: 'var(--font-mono, ui-monospace)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in oklch, var(--muted) 55%, transparent)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--foreground)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklch, var(--accent) 24%, transparent)',
  },
  '.cm-placeholder': { color: 'var(--foreground-subtle)' },
  '.cm-template': {
    backgroundColor: 'color-mix(in oklch, var(--hue-violet) 12%, transparent)',
    borderRadius: '4px',
    color: 'var(--hue-violet)',
    padding: '1px 0',
  },
  '.cm-template-mark': { color: 'color-mix(in oklch, var(--hue-violet) 65%, transparent)' },
  '.cm-template-text': { color: 'var(--hue-emerald)' },
  '.cm-template-name': { color: 'var(--hue-blue)' },
  '.cm-tooltip': {
    border: '1px solid var(--border)',
    borderRadius: '8px',
    backgroundColor: 'var(--surface-raised)',
    boxShadow: 'var(--shadow-raised)',
    overflow: 'hidden',
    zIndex: '80',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-mono, ui-monospace)',
    fontSize: '12px',
    maxHeight: '14em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', color: 'var(--foreground)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--accent-text)',
  },
  '.cm-completionDetail': { color: 'var(--foreground-subtle)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionInfo': { padding: '6px 10px', maxWidth: '280px', color: 'var(--foreground-muted)' },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px wavy var(--danger)' },
  '.cm-diagnostic': { fontFamily: 'var(--font-sans, sans-serif)', padding: '4px 8px' },
});

export const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword], color: 'var(--hue-fuchsia)' },
    { tag: [tags.string, tags.special(tags.string)], color: 'var(--hue-emerald)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--hue-orange)' },
    { tag: [tags.propertyName], color: 'var(--hue-blue)' },
    { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--hue-indigo)' },
    { tag: [tags.comment], color: 'var(--foreground-subtle)', fontStyle: 'italic' },
    { tag: [tags.operator, tags.punctuation], color: 'var(--foreground-muted)' },
  ]),
);
