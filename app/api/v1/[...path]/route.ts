import { answerPreflight, handleRest } from '#server/rest/handler.ts';

export {
  answerPreflight as OPTIONS,
  handleRest as DELETE,
  handleRest as GET,
  handleRest as PATCH,
  handleRest as POST,
  handleRest as PUT,
};
