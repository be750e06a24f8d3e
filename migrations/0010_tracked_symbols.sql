CREATE TABLE `tracked_symbols` (
	`symbol` text PRIMARY KEY NOT NULL,
	`opened_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`portfolio_id`,`subject`);--> statement-breakpoint
INSERT INTO `tracked_symbols` (`symbol`, `opened_at`)
	SELECT `tracked`.`symbol`, max(`portfolios`.`opened_at`) FROM `tracked`
	JOIN `portfolios` ON `portfolios`.`id` = `tracked`.`portfolio_id`
	WHERE `portfolios`.`deleted_at` IS NULL GROUP BY `tracked`.`symbol`;
--> statement-breakpoint
CREATE TRIGGER `tracked_inserted` AFTER INSERT ON `tracked` BEGIN
	INSERT INTO `tracked_symbols` (`symbol`, `opened_at`)
	VALUES (new.`symbol`, coalesce((SELECT `opened_at` FROM `portfolios` WHERE `id` = new.`portfolio_id`), 0))
	ON CONFLICT (`symbol`) DO UPDATE SET `opened_at` = excluded.`opened_at`
	WHERE excluded.`opened_at` > `tracked_symbols`.`opened_at`;
END;
--> statement-breakpoint
CREATE TRIGGER `tracked_deleted` AFTER DELETE ON `tracked` BEGIN
	DELETE FROM `tracked_symbols` WHERE `symbol` = old.`symbol`
		AND NOT EXISTS (SELECT 1 FROM `tracked` WHERE `symbol` = old.`symbol`);
END;
--> statement-breakpoint
CREATE TRIGGER `portfolios_opened` AFTER UPDATE OF `opened_at` ON `portfolios` BEGIN
	UPDATE `tracked_symbols` SET `opened_at` = new.`opened_at`
	WHERE `symbol` IN (SELECT `symbol` FROM `tracked` WHERE `portfolio_id` = new.`id`)
		AND `opened_at` < new.`opened_at` - 3600000;
END;
--> statement-breakpoint
CREATE TRIGGER `portfolios_deleted` AFTER UPDATE OF `deleted_at` ON `portfolios` WHEN new.`deleted_at` IS NOT NULL BEGIN
	DELETE FROM `tracked` WHERE `portfolio_id` = new.`id`;
END;
