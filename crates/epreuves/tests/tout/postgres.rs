use std::process::Command;

fn interroger(base: &str, sql: &str) -> String {
    let sortie = Command::new("psql").args([base, "-X", "-A", "-t", "-c", sql]).output().unwrap();
    assert!(sortie.status.success(), "{}", String::from_utf8_lossy(&sortie.stderr));
    String::from_utf8(sortie.stdout).unwrap().trim().to_owned()
}

#[test]
fn une_base_neuve_est_vide_et_en_utf8() {
    let base = epreuves::postgres::base("neuve");
    assert_eq!(
        interroger(&base, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"),
        "0"
    );
    assert_eq!(interroger(&base, "SHOW server_encoding"), "UTF8");
    assert_eq!(interroger(&base, "SELECT lower('ÉTÉ')"), "été");
}

#[test]
fn deux_bases_du_meme_nom_ne_se_voient_pas() {
    let (une, autre) = (epreuves::postgres::base("meme"), epreuves::postgres::base("meme"));
    interroger(&une, "CREATE TABLE acte (id int)");
    assert_eq!(interroger(&autre, "SELECT to_regclass('acte') IS NULL"), "t");
}
