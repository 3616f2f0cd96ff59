import { describe, expect, test } from 'vitest';
import { workflowSchema } from '#engine/workflow.ts';
import { exportN8n } from './n8n-export.ts';
import { importN8n } from './n8n-import.ts';

type Values = Record<string, unknown>;
const base = 'n8n-nodes-base.';

/** There and back, a line each: what n8n calls it, the version it has and the one it gets, and its parameters. */
const there = String.raw`
manualTrigger 1 1 {}
errorTrigger 1 1 {}
noOp 1 1 {}
set 3.4 3.4 {"assignments":{"assignments":[{"name":"a","type":"number","value":"={{ 1 }}"}]},"options":{}}
set 3.4 3.4 {"mode":"raw","jsonOutput":"={\"a\": {{ $json.b }}}","includeOtherFields":true,"include":"except","excludeFields":"x"}
set 3 3.4 {"fields":{"values":[{"name":"a","type":"booleanValue","booleanValue":false}]},"options":{"dotNotation":false,"includeBinary":true}}
set 2 3.4 {"keepOnlySet":false,"values":{"string":[{"name":"a","value":"b"}]}}
if 2 2.2 {"conditions":{"conditions":[{"leftValue":"={{ $json.a }}","rightValue":"==x","operator":{"type":"string","operation":"equals"}}]}}
if 1 2.2 {"conditions":{"number":[{"value1":"={{ 1 }}","operation":"larger","value2":3}],"string":[{"value1":"","operation":"isEmpty"}]}}
filter 2 2.2 {"conditions":{"combinator":"or","conditions":[]},"options":{"ignoreCase":true}}
switch 3 3.2 {"mode":"expression","numberOutputs":3,"output":"={{ 2 }}"}
switch 1 3.2 {"value1":1,"rules":{"rules":[{"operation":"equal","value2":2,"output":3}]},"fallbackOutput":0}
merge 3.1 3.1 {"numberInputs":3}
merge 3 3.1 {"mode":"combine","fieldsToMatchString":"id, name","joinMode":"enrichInput2"}
merge 2.1 2.1 {"mode":"combine","combinationMode":"mergeByPosition","options":{"includeUnpaired":true,"clashHandling":{"values":{"resolveClash":"addSuffix","mergeMode":"shallowMerge"}}}}
merge 2 2 {"mode":"combine","mergeByFields":{"values":[{"field1":"a","field2":"b"}]},"options":{"fuzzyCompare":true,"multipleMatches":"first","disableDotNotation":true}}
merge 1 1 {"mode":"mergeByKey","propertyName1":"a","propertyName2":"b","overwrite":"blank"}
merge 1 1 {"mode":"removeKeyMatches","propertyName1":"a","propertyName2":"b"}
merge 1 1 {"mode":"wait"}
merge 1 1 {"mode":"multiplex"}
merge 1 1 {"mode":"keepKeyMatches","propertyName1":"a","propertyName2":"b"}
merge 1 1 {"mode":"mergeByIndex","join":"inner"}
merge 1 1 {"mode":"passThrough","output":"input2"}
splitOut 1 1 {"fieldToSplitOut":"a","include":"selectedOtherFields","fieldsToInclude":"b","options":{"destinationFieldName":"c"}}
itemLists 2 2 {"operation":"splitOutItems","fieldToSplitOut":"a"}
aggregate 1 1 {"aggregate":"aggregateAllItemData","include":"allFieldsExcept","fieldsToExclude":"x","options":{"includeBinaries":true}}
aggregate 1 1 {"fieldsToAggregate":{"fieldToAggregate":[{"fieldToAggregate":"a","renameField":true,"outputFieldName":"b"}]}}
summarize 1.1 1.1 {"fieldsToSummarize":{"values":[{"aggregation":"concatenate","field":"a","separateBy":"other","customSeparator":"|"}]},"fieldsToSplitBy":"b","options":{"outputFormat":"singleItem"}}
summarize 1 1 {"fieldsToSummarize":{"values":[{"field":"a"}]},"options":{"continueIfFieldNotFound":true}}
sort 1 1 {"sortFieldsUi":{"sortField":[{"fieldName":"a","order":"descending"}]},"options":{"disableDotNotation":true}}
sort 1 1 {"type":"random"}
limit 1 1 {"maxItems":5,"keep":"lastItems"}
removeDuplicates 1 2 {"compare":"selectedFields","fieldsToCompare":{"fields":[{"fieldName":"a"}]},"options":{"removeOtherFields":true}}
removeDuplicates 2 2 {"operation":"removeItemsSeenInPreviousExecutions","logic":"removeItemsUpToStoredDate","dateDedupeValue":"={{ $json.at }}","options":{"scope":"workflow"}}
renameKeys 1 1 {"keys":{"key":[{"currentKey":"a","newKey":"b"}]},"additionalOptions":{"regexReplacement":{"replacements":[{"searchRegex":"x","replaceRegex":"y","options":{"caseInsensitive":true,"depth":0}}]}}}
compareDatasets 2.3 2.3 {"mergeByFields":{"values":[{"field1":"a","field2":"b"}]},"resolve":"mix","preferWhenMix":"input2","exceptWhenMix":"c","fuzzyCompare":true}
compareDatasets 1 1 {"mergeByFields":{"values":[{"field1":"a","field2":"b"}]},"options":{"fuzzyCompare":true}}
splitInBatches 2 3 {"batchSize":7}
code 2 2 {"mode":"runOnceForEachItem","jsCode":"return \"{{ x }}\""}
code 2 2 {"language":"pythonNative","pythonCode":"for _ in _items: pass\\nreturn _items"}
code 2 2 {"language":"python","mode":"runOnceForEachItem","pythonCode":"return _json"}
merge 3.2 3.2 {"mode":"combineBySql","numberInputs":3,"query":"SELECT 1","options":{"emptyQueryResult":"success"}}
emailSend 2.1 2.1 {"fromEmail":"a@b.c","toEmail":"={{ $json.to }}","subject":"s","emailFormat":"both","text":"t","html":"h","options":{"attachments":"data","ccEmail":"x"}}
respondToWebhook 1.4 1.4 {"respondWith":"binary","responseDataSource":"set","inputFieldName":"pdf"}
webhook 2 2 {"path":"p","httpMethod":"POST","responseMode":"lastNode","options":{"responseCode":{"values":{"responseCode":"customCode","customCode":418}}}}
webhook 2 2 {"path":"p","responseMode":"lastNode","responseData":"firstEntryBinary","responseBinaryPropertyName":"pdf"}
webhook 1.1 2 {"path":"p","responseMode":"lastNode","options":{"responsePropertyName":"a.b","noResponseBody":true,"rawBody":true,"ipWhitelist":"10.0.0.1","responseHeaders":{"entries":[{"name":"a","value":"b"}]}}}
formTrigger 2.2 2.2 {"formTitle":"T","formFields":{"values":[{"fieldLabel":"A","fieldType":"file","multipleFiles":false,"acceptFileTypes":".pdf"}]},"responseMode":"lastNode"}
httpRequest 4.2 4.2 {"url":"=https://x/{{ $json.id }}","sendQuery":true,"queryParameters":{"parameters":[{"name":"a","value":"={{ 1 }}"}]},"sendHeaders":true,"specifyHeaders":"json","jsonHeaders":"={{ $json.h }}"}
httpRequest 4.2 4.2 {"method":"POST","url":"u","authentication":"predefinedCredentialType","nodeCredentialType":"slackApi","sendBody":true,"specifyBody":"json","jsonBody":"={\"a\": \"{{ $json.b }}\"}","options":{"timeout":5,"batching":{"batch":{"batchSize":1}},"redirect":{"redirect":{"followRedirects":false}}}}
httpRequest 4.1 4.2 {"url":"u","sendBody":true,"contentType":"multipart-form-data","bodyParameters":{"parameters":[{"name":"n","value":"v"},{"parameterType":"formBinaryData","name":"f","inputDataFieldName":"data"}]}}
httpRequest 4 4.2 {"url":"u","sendBody":true,"bodyParameters":{"parameters":[{"name":"n","value":"={{ [1] }}"}]},"options":{"response":{"response":{"fullResponse":true,"responseFormat":"text","outputPropertyName":"x"}}}}
httpRequest 4.2 4.2 {"url":"u","options":{"pagination":{"pagination":{"parameters":{"parameters":[{"name":"p","value":"={{ $pageCount }}"}]},"paginationCompleteWhen":"other","completeExpression":"={{ true }}","limitPagesFetched":true,"maxRequests":3}}}}
httpRequest 1 1 {"url":"u","requestMethod":"POST","jsonParameters":true,"bodyParametersJson":"={\"a\": {{ 1 }}}","options":{"fullResponse":true}}
httpRequest 1 1 {"url":"u","headerParametersUi":{"parameter":[{"name":"a","value":"b"}]},"options":{"timeout":9}}
respondToWebhook 1.1 1.4 {"respondWith":"text","responseBody":"=Hi {{ $json.n }}","options":{"responseCode":201,"responseHeaders":{"entries":[{"name":"a","value":"b"}]}}}
scheduleTrigger 1.2 1.2 {"rule":{"interval":[{"field":"weeks","triggerAtDay":[1,0],"triggerAtHour":9},{"field":"cronExpression","expression":"0 9 * * *"},{"field":"months","monthsInterval":2,"triggerAtDayOfMonth":31}]}}
executeWorkflowTrigger 1.1 1.1 {"workflowInputs":{"values":[{"name":"a","type":"number"},{"name":"b"}]}}
executeWorkflow 1.2 1.2 {"workflowId":{"__rl":true,"mode":"id","value":"={{ $workflow.id }}"},"mode":"each","workflowInputs":{"mappingMode":"defineBelow","value":{"a":"={{ 1 }}"}},"options":{"waitForSubWorkflow":false}}
executeWorkflow 1 1.2 {"source":"parameter","workflowJson":"{\"name\":\"Inner\",\"nodes\":[{\"id\":\"i\",\"name\":\"I\",\"type\":\"n8n-nodes-base.manualTrigger\",\"typeVersion\":1,\"position\":[1,2],\"parameters\":{}}],\"connections\":{}}"}
wait 1.1 1.1 {"resume":"webhook","limitWaitTime":true,"resumeAmount":2,"resumeUnit":"days"}
wait 1 1.1 {"amount":2}
stopAndError 1 1 {"errorType":"errorObject","errorObject":"={\"a\": {{ 1 }}}"}
stickyNote 1 1 {"content":"{{ as it is }}","color":5,"width":500,"height":300}
dateTime 2 2 {"operation":"getTimeBetweenDates","startDate":"={{ $now }}","endDate":"x","units":["day","hour"],"options":{"isoString":true}}
dateTime 2 2 {"operation":"formatDate","date":"={{ $now }}","format":"custom","customFormat":"dd","outputFieldName":"x","options":{"includeInputFields":true}}
dateTime 1 1 {"value":"={{ $now }}","toFormat":"DD.MM.YYYY [at] HH:mm","options":{"toTimezone":"Europe/Rome","fromTimezone":"UTC"}}
crypto 1 1 {"action":"hash","type":"SHA512","value":"={{ 1 }}","encoding":"base64"}
html 1.2 1.2 {"operation":"extractHtmlContent","extractionValues":{"values":[{"key":"a","cssSelector":"b","returnValue":"attribute","attribute":"href","returnArray":true}]},"options":{"trimValues":false}}
html 1.2 1.2 {"operation":"generateHtmlTemplate","html":"<b>{{ $json.a }}</b>"}
xml 1 1 {"mode":"jsonToxml","dataPropertyName":"x","options":{"rootName":"r","headless":true}}
markdown 1 1 {"mode":"markdownToHtml","markdown":"={{ $json.m }}","options":{"tables":true,"noHeaderId":true,"emoji":true}}
markdown 1 1 {"html":"<b>","options":{"bulletMarker":"-","textReplace":{"values":[{"pattern":"a","replacement":"b"}]},"globalEscape":{"value":{"pattern":"c","replacement":"d"}}}}
form 1 1 {"formFields":{"values":[{"fieldLabel":"A","fieldType":"dropdown","multiselect":true,"requiredField":true,"fieldOptions":{"values":[{"option":"x"},{"option":"y"}]}},{"fieldType":"html","html":"a<br>b"}]},"options":{"formTitle":"T"}}
form 1 1 {"operation":"completion","respondWith":"redirect","redirectUrl":"https://a.test"}
convertToFile 1.1 1.1 {"operation":"xlsx","options":{"fileName":"a","headerRow":false}}
convertToFile 1.1 1.1 {"operation":"toBinary","sourceProperty":"x","options":{"mimeType":"image/png"}}
convertToFile 1.1 1.1 {"operation":"iCal","title":"T","start":"s","end":"e","additionalFields":{"attendeesUi":{"attendeeValues":[{"email":"a@b.c","rsvp":true}]},"location":"L"}}
moveBinaryData 1 1.1 {"mode":"jsonToBinary","convertAllData":false,"sourceKey":"x","options":{"keepSource":true,"useRawData":true}}
extractFromFile 1 1 {"operation":"csv","options":{"delimiter":";","maxRowCount":5,"keepSource":"json"}}
extractFromFile 1 1 {"operation":"pdf","options":{"maxPages":2,"keepSource":"both"}}
moveBinaryData 1 1.1 {"mode":"binaryToJson","options":{"keepSource":true}}
spreadsheetFile 2 2 {"options":{"range":"2","headerRow":false}}
compression 1.1 1.1 {"operation":"compress","outputFormat":"gzip","fileName":"a.gz"}
editImage 1 1 {"operation":"multiStep","operations":{"operations":[{"operation":"blur","sigma":3},{"operation":"draw","color":"#ff000080"}]},"options":{"quality":9}}
rssFeedRead 1 1 {"url":"u"}
rssFeedRead 1.2 1.2 {"url":"=u{{ 1 }}","options":{"customFields":"a"}}
graphql 1.1 1.1 {"endpoint":"e","query":"q","variables":"={\"a\": {{ 1 }}}"}
jwt 1 1 {"operation":"sign","claims":{"audience":"a","expiresIn":5},"options":{"kid":"k"}}
totp 1 1 {"additionalOptions":{"digits":8,"period":60}}
executionData 1 1 {"dataToSave":{"values":[{"key":"a","value":"={{ 1 }}"}]}}
debugHelper 1 1 {"category":"randomData","randomDataType":"nanoid","nanoidLength":"5","randomDataSeed":"s"}
dataTable 1 1 {"operation":"upsert","dataTableId":{"__rl":true,"mode":"list","value":"x","cachedResultName":"People"},"filters":{"conditions":[{"keyName":"a","keyValue":"b"}]},"columns":{"mappingMode":"defineBelow","value":{"c":"={{ 1 }}"}}}
readWriteFile 1 1 {"operation":"write","fileName":"a.txt","options":{"append":true}}
`
  .trim()
  .split('\n')
  .map((line): [string, number, number, Values] => {
    const [type = '', from, to, ...json] = line.split(' ');
    return [type, Number(from), Number(to), JSON.parse(json.join(' '))];
  });

test.each(there)('%s@%d comes back from version %d: %j', (type, typeVersion, expected, parameters) => {
  const node = { id: 'n', name: 'N', type: base + type, typeVersion, position: [0, 0], parameters };
  const { workflow } = importN8n({ name: 'W', nodes: [node], connections: {} });
  expect(workflow.nodes[0]!.type).not.toBe('placeholder');
  const { file, report } = exportN8n(workflow);
  expect(importN8n(JSON.parse(JSON.stringify(file))).workflow).toEqual(JSON.parse(JSON.stringify(workflow)));
  expect(file.nodes[0]!.typeVersion).toBe(expected);
  expect(report.nodes[0]!.reason ?? '').not.toContain('Different in n8n');
});

describe('what is made here', () => {
  const theirs = (type: string, parameters: Values) => {
    const { file, report } = exportN8n(
      workflowSchema.parse({ name: 'W', nodes: [{ id: 'n', name: 'N', type, parameters }] }),
    );
    return { ...file.nodes[0]!, report: report.nodes[0]! };
  };

  test('JSON with templates inside becomes one expression', () => {
    const json = {
      greeting: 'Hi {{ $json.name }}',
      deep: { n: '{{ $json.n }}' },
      odd: '}} \\{{',
      list: [1, null],
    };
    const node = theirs('set', { mode: 'json', json });
    expect(node.parameters.jsonOutput).toBe(
      '={{ ({ "greeting": "" + "Hi " + ($json.name), "deep": { "n": ($json.n) }, "odd": "}\\u007d {{", "list": [1, null] }) }}',
    );
    expect(node.report.status).toBe('mapped');
  });

  test('a body that is an object becomes rows, and any other becomes JSON', () => {
    const rows = theirs('http-request', {
      url: 'u',
      method: 'POST',
      body: 'json',
      jsonBody: { a: '{{ 1 }}', b: 2 },
    });
    expect(rows.parameters).toMatchObject({
      bodyParameters: {
        parameters: [
          { name: 'a', value: '={{ 1 }}' },
          { name: 'b', value: 2 },
        ],
      },
    });
    const json = theirs('http-request', { url: 'u', method: 'POST', body: 'json', jsonBody: [1] });
    expect(json.parameters).toMatchObject({ specifyBody: 'json', jsonBody: '[\n  1\n]' });
    expect([rows.report.status, json.report.status]).toEqual(['mapped', 'mapped']);
  });

  test('a rule for one time is said to come again', () => {
    const node = theirs('schedule-trigger', { rules: [{ mode: 'once', at: '2027-01-31T09:05' }] });
    expect(node.parameters).toEqual({
      rule: { interval: [{ field: 'cronExpression', expression: '5 9 31 1 *' }] },
    });
    expect(node.report).toMatchObject({
      status: 'approximated',
      reason: expect.stringContaining('every year'),
    });
  });

  test('a webhook for any method has an output for each there', () => {
    const workflow = workflowSchema.parse({
      name: 'W',
      nodes: [
        { id: 'w', name: 'W', type: 'webhook-trigger', parameters: { httpMethod: 'any' } },
        { id: 'e', name: 'E', type: 'no-op' },
      ],
      edges: [{ from: { node: 'w', port: 'main' }, to: { node: 'e', port: 'main' } }],
    });
    const { file } = exportN8n(workflow);
    expect(file.nodes[0]).toMatchObject({ webhookId: 'w', parameters: { multipleMethods: true, path: 'w' } });
    expect(importN8n(file).workflow.edges).toEqual(workflow.edges);
  });

  test('what is lost in a workflow inside is told', () => {
    const inner = (type: string) => ({ name: 'Inner', nodes: [{ id: 'i', name: 'Ask', type }] });
    const calls = (type: string) =>
      theirs('execute-workflow', { source: 'inline', workflowJson: inner(type) });
    expect(calls('no-op').report.status).toBe('mapped');
    expect(calls('approval').report.reason).toMatch(/^In the workflow inside: Ask: n8n asks people/);
    expect(importN8n(calls('no-op').parameters.workflowJson).workflow.nodes[0]!.type).toBe('no-op');
  });

  test('ready-made formats of dates are patterns there', () => {
    const node = theirs('date-time', {
      operation: 'format',
      date: 'x',
      style: 'long',
      options: { fromZone: 'UTC' },
    });
    expect(node.parameters).toMatchObject({ format: 'custom', customFormat: 'MMMM dd yyyy' });
    expect(node.report.status).toBe('mapped');
  });
});
