ALTER TABLE `tracked_symbols` ADD `kind` text;--> statement-breakpoint
ALTER TABLE `tracked_symbols` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `tracked_symbols` ADD `session` text;--> statement-breakpoint
ALTER TABLE `tracked_symbols` ADD `from_day` text;--> statement-breakpoint
ALTER TABLE `tracked_symbols` ADD `to_day` text;--> statement-breakpoint
ALTER TABLE `tracked_symbols` ADD `history_fetched_at` integer;--> statement-breakpoint
ALTER TABLE `tracked_symbols` ADD `retry_at` integer;--> statement-breakpoint
ALTER TABLE `tracked_symbols` ADD `refused_from` text;--> statement-breakpoint
UPDATE `tracked_symbols` SET
	(`kind`, `time_zone`, `session`) = (SELECT `kind`, `time_zone`, `session` FROM `instruments`
		WHERE `symbol` = `tracked_symbols`.`symbol`),
	(`from_day`, `to_day`, `history_fetched_at`, `retry_at`, `refused_from`) =
		(SELECT `from_day`, `to_day`, `fetched_at`, `retry_at`, `refused_from` FROM `histories`
			WHERE `symbol` = `tracked_symbols`.`symbol`);
--> statement-breakpoint
CREATE TRIGGER `tracked_symbols_inserted` AFTER INSERT ON `tracked_symbols` BEGIN
	UPDATE `tracked_symbols` SET
		(`kind`, `time_zone`, `session`) = (SELECT `kind`, `time_zone`, `session` FROM `instruments`
			WHERE `symbol` = new.`symbol`),
		(`from_day`, `to_day`, `history_fetched_at`, `retry_at`, `refused_from`) =
			(SELECT `from_day`, `to_day`, `fetched_at`, `retry_at`, `refused_from` FROM `histories`
				WHERE `symbol` = new.`symbol`)
	WHERE `symbol` = new.`symbol`;
END;
--> statement-breakpoint
CREATE TRIGGER `instruments_inserted` AFTER INSERT ON `instruments` BEGIN
	UPDATE `tracked_symbols` SET `kind` = new.`kind`, `time_zone` = new.`time_zone`, `session` = new.`session`
	WHERE `symbol` = new.`symbol`;
END;
--> statement-breakpoint
CREATE TRIGGER `instruments_updated` AFTER UPDATE ON `instruments`
WHEN new.`kind` IS NOT old.`kind` OR new.`time_zone` IS NOT old.`time_zone` OR new.`session` IS NOT old.`session` BEGIN
	UPDATE `tracked_symbols` SET `kind` = new.`kind`, `time_zone` = new.`time_zone`, `session` = new.`session`
	WHERE `symbol` = new.`symbol`;
END;
--> statement-breakpoint
CREATE TRIGGER `instruments_deleted` AFTER DELETE ON `instruments` BEGIN
	UPDATE `tracked_symbols` SET `kind` = NULL, `time_zone` = NULL, `session` = NULL WHERE `symbol` = old.`symbol`;
END;
--> statement-breakpoint
CREATE TRIGGER `histories_inserted` AFTER INSERT ON `histories` BEGIN
	UPDATE `tracked_symbols` SET `from_day` = new.`from_day`, `to_day` = new.`to_day`,
		`history_fetched_at` = new.`fetched_at`, `retry_at` = new.`retry_at`, `refused_from` = new.`refused_from`
	WHERE `symbol` = new.`symbol`;
END;
--> statement-breakpoint
CREATE TRIGGER `histories_updated` AFTER UPDATE ON `histories` BEGIN
	UPDATE `tracked_symbols` SET `from_day` = new.`from_day`, `to_day` = new.`to_day`,
		`history_fetched_at` = new.`fetched_at`, `retry_at` = new.`retry_at`, `refused_from` = new.`refused_from`
	WHERE `symbol` = new.`symbol`;
END;
--> statement-breakpoint
CREATE TRIGGER `histories_deleted` AFTER DELETE ON `histories` BEGIN
	UPDATE `tracked_symbols` SET `from_day` = NULL, `to_day` = NULL, `history_fetched_at` = NULL, `retry_at` = NULL,
		`refused_from` = NULL
	WHERE `symbol` = old.`symbol`;
END;
