-- Executions that a month has before any are paid for one by one: those of its plan and what an operator gave, or what a
-- larger plan had covered. For months with a limit.
create or replace function month_room(included int, credit int, covered int) returns int language sql immutable parallel safe
  return greatest(included + credit, covered);
