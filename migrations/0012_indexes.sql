CREATE INDEX `portfolios_by_opening` ON `portfolios` (`opened_at`);--> statement-breakpoint
CREATE INDEX `quotes_held` ON `quotes` (`symbol`) WHERE held IS NOT NULL;--> statement-breakpoint
CREATE INDEX `refreshes_by_end` ON `refreshes` (`finished_at`);