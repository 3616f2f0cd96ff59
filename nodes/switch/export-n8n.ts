import { theirConditions } from '../n8n-export-conditions.ts';
import { core, list, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record, text } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }) => {
  if (parameters.mode === 'expression')
    return core('switch', 3.2, {
      mode: 'expression',
      numberOutputs: parameters.outputs,
      output: parameters.output,
    });
  const rules = list(parameters.rules);
  const { fallback } = parameters;
  return core(
    'switch',
    3.2,
    {
      rules: {
        values: rules.map((rule) => ({
          conditions: theirConditions(rule.conditions),
          ...(text(rule.name) === '' ? {} : { renameOutput: true, outputKey: rule.name }),
        })),
      },
      looseTypeValidation: rules.some((rule) => record(rule.conditions).loose === true) || undefined,
      options: compact({
        ignoreCase: rules.some((rule) => record(rule.conditions).ignoreCase === true) || undefined,
        fallbackOutput:
          fallback === 'extra'
            ? 'extra'
            : fallback === 'first'
              ? 0
              : fallback === 'output'
                ? parameters.fallbackOutput
                : undefined,
        renameFallbackOutput:
          fallback === 'extra' && parameters.fallbackName !== 'fallback'
            ? parameters.fallbackName
            : undefined,
        allMatchingOutputs: on(record(parameters.options).allMatching),
      }),
    },
    { same: fallback === 'first' ? ['fallback', 'fallbackOutput'] : [] },
  );
};
