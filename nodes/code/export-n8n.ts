import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { text } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters: { mode, language, source, python } }) => {
  const each = mode === 'each-item' ? { mode: 'runOnceForEachItem' } : {};
  if (language !== 'python') return core('code', 2, {}, { literal: { ...each, jsCode: source } });
  const isNative = !NAMES_OF_FIRST.test(text(python));
  return core(
    'code',
    2,
    {},
    {
      literal: { ...each, language: isNative ? 'pythonNative' : 'python', pythonCode: python },
      ...(isNative ? {} : { approximated: 'New versions of n8n know only _items and _item in Python.' }),
    },
  );
};

/** n8n has two Pythons: the first knows these names, the other one is given nothing but its items. */
const NAMES_OF_FIRST =
  /(?<![\w.])_(?:\(|(?:binary|env|execution|getWorkflowStaticData|input|itemIndex|jmespath|json|mode|node|now|parameter|prevNode|runIndex|today|vars|workflow)\b)/;
