import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { createSchedule, deleteSchedule, pauseSchedule, resumeSchedule, updateSchedule } from './commands.ts';
import { getSchedule, listSchedules } from './queries.ts';
import {
  createScheduleSchema,
  listSchedulesSchema,
  savedScheduleSchema,
  scheduleIdSchema,
  schedulePageSchema,
  scheduleSchema,
  updateScheduleSchema,
} from './schema.ts';

const reads = workspaceProcedure('workflows:read');
const writes = workspaceProcedure('workflows:write');
const tag = 'Schedules';
const ONE = '/schedules/{id}';

export const schedulesRouter = router({
  list: reads
    .meta({
      rest: { method: 'GET', path: '/schedules', summary: 'All schedules with their next times', tag },
    })
    .input(listSchedulesSchema)
    .output(schedulePageSchema)
    .query(({ ctx, input }) => listSchedules(ctx.scope, input)),
  get: reads
    .meta({ rest: { method: 'GET', path: ONE, summary: 'One schedule', tag } })
    .input(scheduleIdSchema)
    .output(scheduleSchema)
    .query(({ ctx, input }) => getSchedule(ctx.scope, input.id)),
  create: writes
    .meta({
      rest: {
        method: 'POST',
        path: '/schedules',
        summary: 'Let a workflow start at set times; an active one is published with it',
        tag,
        status: 201,
      },
    })
    .input(createScheduleSchema)
    .output(savedScheduleSchema)
    .mutation(({ ctx, input }) => createSchedule(ctx.scope, input)),
  update: writes
    .meta({
      rest: {
        method: 'PUT',
        path: ONE,
        summary: 'Change the times, the time zone or the name; an active workflow is published',
        tag,
      },
    })
    .input(updateScheduleSchema)
    .output(savedScheduleSchema)
    .mutation(({ ctx, input }) => updateSchedule(ctx.scope, input)),
  delete: writes
    .meta({ rest: { method: 'DELETE', path: ONE, summary: 'Remove a schedule', tag, status: 204 } })
    .input(scheduleIdSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteSchedule(ctx.scope, input.id)),
  pause: writes
    .meta({
      rest: {
        method: 'POST',
        path: `${ONE}/pause`,
        summary: 'Start nothing until it is resumed, also after a publish',
        tag,
      },
    })
    .input(scheduleIdSchema)
    .output(scheduleSchema)
    .mutation(({ ctx, input }) => pauseSchedule(ctx.scope, input.id)),
  resume: writes
    .meta({
      rest: { method: 'POST', path: `${ONE}/resume`, summary: 'Go on from the next time', tag },
    })
    .input(scheduleIdSchema)
    .output(scheduleSchema)
    .mutation(({ ctx, input }) => resumeSchedule(ctx.scope, input.id)),
});
