-- AlterEnum
ALTER TYPE "trigger_type" ADD VALUE 'chat';
