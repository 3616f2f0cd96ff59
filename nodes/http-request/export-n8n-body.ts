import { jsonText, list } from '../n8n-export-values.ts';
import { isPlain } from '../paths.ts';

type Values = Record<string, unknown>;

/** The body's parameters. An object becomes rows of names and values, which n8n keeps with their types. */
export function theirBody(parameters: Values): Values {
  const body = bodyOf(parameters);
  return body ? { sendBody: true, ...body } : {};
}

/** Fields of the body that are written differently there and mean the same. */
export const bodySame = ({ body, jsonBody }: Values): string[] =>
  body === 'json' && typeof jsonBody === 'object' && !isRows(jsonBody) ? ['jsonBody'] : [];

function bodyOf(parameters: Values): Values | undefined {
  switch (parameters.body) {
    case 'json':
      return jsonOf(parameters.jsonBody);
    case 'fields':
      return { bodyParameters: { parameters: list(parameters.bodyFields).map(nameAndValue) } };
    case 'form':
      return {
        contentType: 'form-urlencoded',
        bodyParameters: { parameters: list(parameters.formFields).map(nameAndValue) },
      };
    case 'multipart':
      return {
        contentType: 'multipart-form-data',
        bodyParameters: {
          parameters: [
            ...list(parameters.formFields).map(nameAndValue),
            ...list(parameters.fileFields).map(({ name, file }) => ({
              parameterType: 'formBinaryData',
              name,
              inputDataFieldName: file,
            })),
          ],
        },
      };
    case 'file':
      return { contentType: 'binaryData', inputDataFieldName: parameters.bodyFile };
    case 'raw':
      return rawOf(parameters);
    default:
      return undefined;
  }
}

const FORM = 'application/x-www-form-urlencoded';

const rawOf = ({ contentType, rawBody }: Values): Values =>
  contentType === FORM
    ? { contentType: 'form-urlencoded', specifyBody: 'string', body: rawBody }
    : { contentType: 'raw', rawContentType: contentType, body: rawBody };

const jsonOf = (value: unknown): Values =>
  isRows(value)
    ? {
        bodyParameters: {
          parameters: Object.entries(value).map(([name, field]) => ({ name, value: field })),
        },
      }
    : { specifyBody: 'json', jsonBody: jsonText(value) };

/** Names that are worked out, or missing, have no place in rows that keep their types. */
const isRows = (value: unknown): value is Values =>
  isPlain(value) && Object.keys(value).every((name) => name !== '' && !name.includes('{{'));

const nameAndValue = ({ name, value }: Values): Values => ({ name, value });
