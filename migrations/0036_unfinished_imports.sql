CREATE TABLE `unfinished_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`actor` text NOT NULL,
	`work` text NOT NULL,
	`rows` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `unfinished_imports_by_portfolio` ON `unfinished_imports` (`portfolio_id`);