import { core, jsonText, sameJson } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

export const exporter: N8nExporter = ({ parameters: { errorType, errorObject, message } }) =>
  errorType === 'object'
    ? core(
        'stopAndError',
        1,
        { errorType: 'errorObject', errorObject: jsonText(errorObject) },
        { same: sameJson('errorObject', errorObject) },
      )
    : core('stopAndError', 1, { errorMessage: message });
