//! Un hasard qui se rejoue : la même graine et le même numéro donnent toujours la même suite.

/// Une suite de nombres tirés d'un numéro (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Tirage(u64);

impl Tirage {
    /// La suite d'un numéro, pour un usage. Deux usages du même numéro ne se ressemblent pas.
    pub(crate) fn de(usage: u64, numero: u64) -> Self {
        let mut graine = Self(usage.wrapping_mul(0xD1B5_4A32_D192_ED03));
        let usage = graine.suivant();
        Self(usage ^ numero.wrapping_mul(0x2545_F491_4F6C_DD1D))
    }

    pub(crate) fn suivant(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// Un nombre de 0 à `n` exclu ; 0 si `n` est nul.
    pub(crate) fn sous(&mut self, n: u64) -> u64 {
        self.suivant().checked_rem(n).unwrap_or_default()
    }

    /// Un nombre de `min` à `max`, compris.
    pub(crate) fn entre(&mut self, min: i64, max: i64) -> i64 {
        let ecart = max.abs_diff(min).saturating_add(1);
        min.saturating_add_unsigned(self.sous(ecart))
    }

    /// Oui, tant de fois sur mille.
    pub(crate) fn sur_mille(&mut self, fois: u64) -> bool {
        self.sous(1_000) < fois
    }

    /// L'un d'eux, les premiers plus souvent, comme les noms d'un annuaire.
    pub(crate) fn souvent_parmi<'a>(&mut self, choix: &[&'a str]) -> &'a str {
        let n = choix.len() as u64;
        let (a, b) = (self.sous(n), self.sous(n));
        usize::try_from(a.min(b)).ok().and_then(|i| choix.get(i)).copied().unwrap_or_default()
    }

    /// L'un d'eux, tous également.
    pub(crate) fn parmi<'a>(&mut self, choix: &[&'a str]) -> &'a str {
        let i = self.sous(choix.len() as u64);
        usize::try_from(i).ok().and_then(|i| choix.get(i)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Tirage;

    #[test]
    fn la_meme_graine_redonne_la_meme_suite_et_un_autre_numero_une_autre() {
        let suite = |usage, numero| {
            let mut tirage = Tirage::de(usage, numero);
            [tirage.suivant(), tirage.suivant(), tirage.suivant()]
        };
        assert_eq!(suite(1, 42), suite(1, 42));
        assert_ne!(suite(1, 42), suite(1, 43));
        assert_ne!(suite(1, 42), suite(2, 42));
    }
}
